package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.testkit.ReadShelf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What somebody takes along of what their key said here.
class BelongingsTest extends ConnectorScene {
    private ReadShelf taken() {
        return ReadShelf.of(shelf -> connector.archive(carol.id(), shelf));
    }

    private Event said(long second, String text) {
        var event = carol.event(1, second, text);
        store.events().save(event);
        return event;
    }

    @Test
    void everyEventIsThereAsItWasSignedAndNothingOfOthers() {
        Event late = said(now, "late \"quoted\"\n🌉");
        Event early = said(now - 100, "early");
        store.events().save(people.person("dan").event(1, now, "not hers", Tag.of("p", carol.key.hex())));
        ReadShelf taken = taken();
        assertThat(taken.names()).containsExactly("events.ndjson");
        assertThat(taken.lines("events.ndjson")).containsExactly(late.json(), early.json());
    }

    @Test
    void pagesMeetWithoutLosingOrRepeatingAlsoWithinOneSecond() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 1_300; i++) {
            said.add(said(now - (i < 1_100 ? 50 : i), "post " + i).json());
        }
        assertThat(taken().lines("events.ndjson")).containsExactlyInAnyOrderElementsOf(said);
    }

    @Test
    void whoSaidNothingHasNoFile() {
        assertThat(taken().names()).isEmpty();
        assertThat(ReadShelf.of(shelf -> connector.archive(ALICE, shelf)).names())
                .isEmpty();
    }
}
