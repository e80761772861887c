package dev.drawbridge.nostr.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.People;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {
    private final People people = new People();
    private final Event note = people.person("alice").note(1_700_000_000, "hi", Tag.of("t", "x"));

    @Test
    void readsWhatItWrote() {
        assertThat(EventReader.read(note.json())).isEqualTo(new Reading.Read<>(note));
    }

    @Test
    void passesOverFieldsNobodyKnows() {
        String json = note.json().replaceFirst("\\{", "{\"x\":{\"y\":[1]},");

        assertThat(EventReader.read(json).found()).contains(note);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "kind":1            | "kind":70000          | kind
        "kind":1            | "kind":"1"            | kind
        "kind":1            | "kind":-1             | kind
        "kind":1            | "kind":1.5            | kind
        "created_at":1700000000 | "created_at":-5   | created_at
        "created_at":1700000000 | "created_at":99999999999999999 | created_at
        "tags":[["t","x"]]  | "tags":[[]]           | tags
        "tags":[["t","x"]]  | "tags":[["t",1]]      | tags
        "tags":[["t","x"]]  | "tags":["t"]          | tags
        "tags":[["t","x"]]  | "tags":[["t",null]]   | tags
        "content":"hi"      | "content":null        | content
        "content":"hi"      | "content":"\\ud800"   | content
        "content":"hi"      | "a":1                 | content
        "content":"hi"      | "content":"hi","content":"ho" | json
        """)
    void namesTheFieldThatIsWrong(String right, String wrong, String field) {
        Reading<Event> reading = EventReader.read(note.json().replace(right, wrong));

        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        assertThat(((Reading.Unreadable<Event>) reading).field()).isEqualTo(field);
    }

    @Test
    void refusesUpperCaseIds() {
        String json = note.json().replace(note.id().hex(), note.id().hex().toUpperCase(java.util.Locale.ROOT));

        assertThat(EventReader.read(json).toString()).contains("lower-case hexadecimal");
    }

    @Test
    void refusesDeepNestingWithoutReadingOn() {
        String json = note.json().replace("[[\"t\",\"x\"]]", "[".repeat(100_000));

        assertThat(EventReader.read(json)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void refusesDeepNestingInUnknownFields() {
        String json = note.json().replaceFirst("\\{", "{\"x\":" + "[".repeat(50) + "]".repeat(50) + ",");

        assertThat(EventReader.read(json)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void refusesOversizedContent() {
        String json = note.json().replace("\"hi\"", '"' + "x".repeat(600_000) + '"');

        assertThat(EventReader.read(json)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void refusesTooManyTags() {
        String json = note.json().replace("[[\"t\",\"x\"]]", "[" + "[\"t\"],".repeat(10_000) + "[\"t\"]]");

        assertThat(EventReader.read(json).toString()).contains("more than 10000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {} | pubkey
        [] | event
        null | event
        { | json
        """)
    void refusesWhatIsNoEvent(String json, String field) {
        assertThat(EventReader.read(json).toString()).startsWith(field);
    }

    @Test
    void refusesWhatFollowsTheEnd() {
        assertThat(EventReader.read(note.json() + " {}").toString()).startsWith("json");
    }

    @Test
    void computesTheIdOfADraftThatHasNone() {
        assertThat(EventReader.readDraft(note.unsigned().json()).found().map(Event::id))
                .contains(note.id());
        String bare = note.unsigned().json().replace("\"id\":\"" + note.id().hex() + "\",", "");
        assertThat(EventReader.readDraft(bare).found().map(Event::id)).contains(note.id());
        assertThat(EventReader.read(bare)).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void seesAWrongIdAndAWrongSignature() {
        Event changed =
                new Event(note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "ho", note.sig());
        Event forged = note.unsigned().signed(new byte[64]);

        assertThat(People.VERIFIER.problem(note)).isEmpty();
        assertThat(People.VERIFIER.problem(changed)).contains("the id does not match the content");
        assertThat(People.VERIFIER.problem(forged)).contains("the signature does not match the author");
    }

    @Test
    void laterReplacesEarlierAndAtTheSameSecondTheLowerId() {
        Event a = people.person("alice").event(0, 5, "a");
        Event b = people.person("alice").event(0, 5, "b");
        Event later = people.person("alice").event(0, 6, "c");
        Event lower = a.id().compareTo(b.id()) < 0 ? a : b;
        Event higher = lower == a ? b : a;

        assertThat(later.replaces(lower)).isTrue();
        assertThat(lower.replaces(later)).isFalse();
        assertThat(lower.replaces(higher)).isTrue();
        assertThat(higher.replaces(lower)).isFalse();
        assertThat(lower.replaces(lower)).isFalse();
        assertThat(List.of(a.address(), b.address())).containsOnly(a.address());
    }
}
