package dev.drawbridge.activitypub.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.testkit.TestMongo;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class UtterancesTest {
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACTOR = "https://bridge.example/ap/actors/carol";
    private static final String NOTE = "https://bridge.example/ap/objects/nostr/1";
    private Utterances utterances;

    @BeforeEach
    void open(MongoDatabase database) {
        utterances = new Utterances(database);
    }

    private static Utterance note(String id, String text, int version) {
        return new Utterance(id, ACTOR, "Note", text, T0.plusSeconds(version), T0, true, false);
    }

    private String text() {
        return utterances.find(NOTE).map(Utterance::json).orElse("-");
    }

    @Test
    void whatIsSaidIsFoundByItsAddress() {
        utterances.put(note(NOTE, "one", 0));
        assertThat(utterances.find(NOTE)).contains(note(NOTE, "one", 0));
        assertThat(utterances.find(NOTE + "2")).isEmpty();
    }

    @Test
    void aNewerVersionReplacesAnOlderOneAndNeverTheOtherWayRound() {
        utterances.put(note(NOTE, "new", 5));
        utterances.put(note(NOTE, "old", 0));
        assertThat(text()).isEqualTo("new");
        utterances.put(note(NOTE, "newest", 9));
        assertThat(text()).isEqualTo("newest");
        utterances.put(note(NOTE, "newest", 9));
        assertThat(text()).isEqualTo("newest");
    }

    @Test
    void whatIsGoneStaysGone() {
        utterances.put(note(NOTE, "one", 0));
        utterances.bury(NOTE, ACTOR, T0);
        utterances.put(note(NOTE, "two", 9));
        assertThat(utterances.find(NOTE)).hasValueSatisfying(u -> {
            assertThat(u.gone()).isTrue();
            assertThat(u.listed()).isFalse();
            assertThat(u.json()).isEmpty();
        });
    }

    @Test
    void whatWasNeverSaidCanBeGoneToo() {
        utterances.bury(NOTE, ACTOR, T0);
        utterances.put(note(NOTE, "late", 9));
        assertThat(utterances.find(NOTE))
                .hasValueSatisfying(u -> assertThat(u.gone()).isTrue());
    }

    @Test
    void whatIsRetiredIsGoneButReadable() {
        utterances.put(note(NOTE, "one", 0));
        utterances.retire(NOTE);
        utterances.retire(NOTE + "unknown");
        assertThat(utterances.find(NOTE)).hasValueSatisfying(u -> {
            assertThat(u.gone()).isTrue();
            assertThat(u.json()).isEqualTo("one");
        });
        assertThat(utterances.find(NOTE + "unknown")).isEmpty();
    }

    @Test
    void theOutboxIsPagedNewestFirst() {
        for (int i = 0; i < 5; i++) {
            // Two and two were said at once.
            Instant at = T0.plusSeconds(i / 2);
            utterances.put(new Utterance(NOTE + i, ACTOR, "Note", "n" + i, at, at, true, false));
        }
        utterances.put(new Utterance(NOTE + "like", ACTOR, "Like", "x", T0, T0, false, false));
        utterances.put(new Utterance(NOTE + "other", ACTOR + "2", "Note", "x", T0, T0, true, false));
        assertThat(utterances.countListed(ACTOR)).isEqualTo(5);
        var first = utterances.listed(ACTOR, Optional.empty(), 2);
        assertThat(first).extracting(Utterance::json).containsExactly("n4", "n3");
        var second = utterances.listed(ACTOR, Optional.of(first.getLast().order()), 2);
        assertThat(second).extracting(Utterance::json).containsExactly("n2", "n1");
        var third = utterances.listed(ACTOR, Optional.of(second.getLast().order()), 2);
        assertThat(third).extracting(Utterance::json).containsExactly("n0");
        utterances.bury(NOTE + "4", ACTOR, T0);
        assertThat(utterances.countListed(ACTOR)).isEqualTo(4);
    }

    private void about(int number, String type, String what) {
        var at = T0.plusSeconds(number);
        boolean listed = !type.equals("Like");
        utterances.put(new Utterance(NOTE + "-" + number, ACTOR, type, "a" + number, at, at, listed, false)
                .about(Optional.of(what)));
    }

    @Test
    void whatIsAboutSomethingIsFoundByItOldestFirst() {
        about(3, "Note", NOTE);
        about(1, "Question", NOTE);
        about(2, "Like", NOTE);
        about(4, "Announce", NOTE);
        about(5, "Note", NOTE + "2");
        var answers = utterances.about(NOTE, Utterance.Role.REPLY, Optional.empty(), 9);
        assertThat(answers).extracting(Utterance::json).containsExactly("a1", "a3");
        assertThat(utterances.about(
                        NOTE,
                        Utterance.Role.REPLY,
                        Optional.of(answers.getFirst().order()),
                        9))
                .extracting(Utterance::json)
                .containsExactly("a3");
        assertThat(utterances.about(NOTE, Utterance.Role.REPLY, Optional.empty(), 1))
                .hasSize(1);
        assertThat(utterances.countAbout(NOTE, Utterance.Role.LIKE)).isEqualTo(1);
        assertThat(utterances.countAbout(NOTE, Utterance.Role.SHARE)).isEqualTo(1);
        utterances.bury(NOTE + "-1", ACTOR, T0);
        assertThat(utterances.countAbout(NOTE, Utterance.Role.REPLY)).isEqualTo(1);
    }

    @Test
    void everythingSomebodySaidIsTakenBackWithThem() {
        utterances.put(note(NOTE, "one", 0));
        utterances.put(new Utterance(NOTE + "other", ACTOR + "2", "Note", "x", T0, T0, true, false));
        utterances.buryAll(ACTOR);
        assertThat(utterances.find(NOTE)).hasValueSatisfying(u -> {
            assertThat(u.gone()).isTrue();
            assertThat(u.json()).isEmpty();
        });
        assertThat(utterances.find(NOTE + "other"))
                .hasValueSatisfying(u -> assertThat(u.gone()).isFalse());
        utterances.put(note(NOTE, "late", 9));
        assertThat(text()).isEmpty();
    }
}
