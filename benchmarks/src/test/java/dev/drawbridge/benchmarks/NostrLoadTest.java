package dev.drawbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drawbridge.it.peers.NostrClient;
import dev.drawbridge.it.peers.NostrRelay;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every part of the suite `nostr`, small, against a real relay.
@Timeout(60)
class NostrLoadTest {
    private final NostrRelay relay = NostrRelay.start();
    private final List<NostrAuthor> authors = List.of(new NostrAuthor(), new NostrAuthor());

    @AfterEach
    void close() {
        relay.close();
    }

    private int held() {
        try (var client = NostrClient.connect(relay.uri())) {
            return client.query(Map.of("kinds", List.of(NostrAuthor.HIGHLIGHT))).size();
        }
    }

    @Test
    void everyEventIsPublishedOnceAndAnswered() {
        var result = new RelayLoad(relay.uri(), 3, 4)
                .pipelined(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, 50))
                .whole();

        assertThat(result.millis()).hasSize(50).allSatisfy(ms -> assertThat(ms).isPositive());
        assertThat(result.perSecond()).isPositive();
        assertThat(held()).isEqualTo(50);
    }

    @Test
    void aSteadyRateIsKept() {
        var result = new RelayLoad(relay.uri(), 2, 1)
                .steadily(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, 40), 200)
                .whole();

        assertThat(result.seconds()).isGreaterThan(0.15);
        assertThat(held()).isEqualTo(40);
    }

    @Test
    void whatIsRefusedIsCountedAndSpoilsTheFigures() {
        List<Event> events = new ArrayList<>(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, 5));
        // Nobody said who they are (NIP-70).
        events.add(authors.getFirst().event(NostrAuthor.HIGHLIGHT, "x", List.of(Tag.of("-"))));
        var result = new RelayLoad(relay.uri(), 1, 2).pipelined(events);

        assertThat(result.refused()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(result::whole).withMessageContaining("1 of 6");
    }

    @Test
    void everyListenerHearsEveryEvent() {
        List<Double> millis =
                new LiveFanOut(relay.uri(), 25, 10, 3).millis(NostrAuthor.events(authors, NostrAuthor.HIGHLIGHT, 4));

        assertThat(millis).hasSize(12).allSatisfy(ms -> assertThat(ms).isPositive());
    }

    @Test
    void verifyingTranslatingAndSigningAreCounted() {
        var work = new NostrWork(Duration.ofMillis(50));

        assertThat(work.verified()).isPositive();
        assertThat(work.verifiedByRust()).isPositive();
        assertThat(work.translated()).isPositive();
    }
}
