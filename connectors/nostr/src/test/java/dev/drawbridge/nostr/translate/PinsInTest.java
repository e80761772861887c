package dev.drawbridge.nostr.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What changed on a list of pins, as its envelope says.
class PinsInTest {
    private static final NativeId ONE = new NativeId(Network.NOSTR, "11".repeat(32));
    private static final NativeId TWO = new NativeId(Network.NOSTR, "22".repeat(32));
    private static final NativeId THREE = new NativeId(Network.NOSTR, "33".repeat(32));

    private final NostrTranslator translator = new NostrTranslator(World.INSTANCE, false);
    private final Event list = new People()
            .person("carol")
            .event(Kind.PINS, 1_772_300_000, "", Tag.of("e", TWO.value()), Tag.of("e", ONE.value()));

    private List<Activity> read(Set<NativeId> changed) {
        NativeEvent envelope = NativeEvents.of(list, changed, World.NOW);
        var read = translator.toCanonical(envelope, Resolved.NOTHING, World.NOW);
        return ((Translation.Translated<List<Activity>>) read).value();
    }

    @Test
    void whatIsNotOnTheListAnyMoreIsTakenDown() {
        assertThat(read(Set.of(ONE, THREE)))
                .extracting(a -> ((Activity.Pin) a).target(), a -> ((Activity.Pin) a).pinned())
                .containsExactly(tuple(ONE, true), tuple(THREE, false));
    }

    @Test
    void whatDidNotChangeIsNotSaidAgain() {
        assertThat(read(Set.of())).isEmpty();
    }

    @Test
    void whatIsPutFirstASecondTimeIsSaidAnew() {
        Event later = new People().person("carol").event(Kind.PINS, 1_772_300_001, "", Tag.of("e", ONE.value()));
        NativeEvent again = NativeEvents.of(later, Set.of(ONE), World.NOW);
        var read = translator.toCanonical(again, Resolved.NOTHING, World.NOW);

        assertThat(((Translation.Translated<List<Activity>>) read).value())
                .extracting(Activity::id)
                .isNotEqualTo(read(Set.of(ONE)).stream().map(Activity::id).toList());
    }
}
