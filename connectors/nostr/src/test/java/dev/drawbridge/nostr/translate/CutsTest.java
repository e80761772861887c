package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever is more than is carried is told.
class CutsTest {
    private static final long AT = 1_772_300_000;
    private final People people = new People();
    private final People.Person carol = people.person("carol");
    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);

    private Translation.Translated<List<Activity>> read(Event event) {
        NativeEvent envelope = NativeEvents.of(event, World.NOW);
        return (Translation.Translated<List<Activity>>) translator.toCanonical(envelope, Resolved.NOTHING, World.NOW);
    }

    private List<String> lost(Event event) {
        return read(event).losses().stream().map(Loss::field).distinct().toList();
    }

    private Post post(Event event) {
        return ((Activity.Publish) read(event).value().getFirst()).post();
    }

    private Event note(int count, IntFunction<Tag> each) {
        return carol.note(AT, "hi", IntStream.range(0, count).mapToObj(each).toArray(Tag[]::new));
    }

    private static Tag picture(int number) {
        return Tag.of("imeta", "url https://files.example/" + number + ".png", "m image/png");
    }

    @Test
    void filesBeyondTheThirtySecondAreTold() {
        assertThat(lost(note(32, CutsTest::picture))).isEmpty();
        assertThat(lost(note(40, CutsTest::picture))).containsExactly("media");
        assertThat(post(note(40, CutsTest::picture)).media()).hasSize(32);
        String lines = IntStream.range(0, 40)
                .mapToObj(n -> "https://files.example/" + n + ".png")
                .collect(Collectors.joining("\n"));
        assertThat(lost(carol.note(AT, lines)))
                .as("files that stand in the text")
                .containsExactly("media");
        assertThat(read(note(40, CutsTest::picture)).losses())
                .extracting(Loss::reason)
                .containsExactly("8 files more than fit into one post");
    }

    @Test
    void picturesInTheTextOfAnArticleBeyondTheThirtySecondAreTold() {
        String text = IntStream.range(0, 33)
                .mapToObj(n -> "![p](https://files.example/" + n + ".png)")
                .collect(Collectors.joining("\n\n"));
        Event article = carol.event(Kind.ARTICLE, AT, text, Tag.of("d", "x"), Tag.of("title", "Pictures"));
        assertThat(lost(article)).containsExactly("media");
        assertThat(post(article).media()).hasSize(32);
    }

    @Test
    void aDescriptionThatIsCutIsTold() {
        assertThat(lost(carol.note(
                        AT, "hi", Tag.of("imeta", "url https://files.example/1.png", "alt " + "x".repeat(5_001)))))
                .containsExactly("media");
    }

    @Test
    void aTitleThatIsCutIsToldAndNotForgotten() {
        Event article = carol.event(Kind.ARTICLE, AT, "words", Tag.of("d", "x"), Tag.of("title", "t".repeat(501)));
        assertThat(lost(article)).containsExactly("text");
        assertThat(post(article).article().orElseThrow().title()).isEqualTo("t".repeat(500));
    }

    @Test
    void emojiBeyondTheHundredthAreTold() {
        assertThat(lost(note(101, n -> Tag.of("emoji", "e" + n, "https://files.example/" + n + ".png"))))
                .containsExactly("emoji");
    }

    @Test
    void peopleWhoAreNotLookedUpAreTold() {
        IntFunction<String> names = count -> IntStream.range(0, count)
                .mapToObj(n -> "nostr:" + people.person("p" + n).key.npub())
                .collect(Collectors.joining(" "));
        assertThat(lost(carol.note(AT, names.apply(50)))).isEmpty();
        assertThat(lost(carol.note(AT, names.apply(51)))).containsExactly("mention");
    }

    @Test
    void aComplaintThatIsCutIsTold() {
        Event complaint = carol.event(
                Kind.REPORT,
                AT,
                "x".repeat(3_001),
                Tag.of("p", people.person("dan").key.hex(), "spam"));
        assertThat(lost(complaint)).containsExactly("reason");
    }

    @Test
    void pinsBeyondTheTenthAreTold() {
        Event pins = carol.event(
                Kind.PINS,
                AT,
                "",
                IntStream.range(0, 12)
                        .mapToObj(n -> Tag.of("e", "%064x".formatted(n)))
                        .toArray(Tag[]::new));
        var envelope = NativeEvents.of(pins, Set.of(), World.NOW);
        var read =
                (Translation.Translated<List<Activity>>) translator.toCanonical(envelope, Resolved.NOTHING, World.NOW);
        assertThat(Stream.of(read.losses()).flatMap(List::stream).map(Loss::reason))
                .containsExactly("2 more than the first 10");
    }
}
