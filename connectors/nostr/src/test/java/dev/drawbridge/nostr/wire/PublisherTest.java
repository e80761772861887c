package dev.drawbridge.nostr.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.Placements.State;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is written down about who has what.
class PublisherTest extends PoolScene {
    private final Answers theirs = new Answers(true, "");
    private final Event note = carol.note(now, "hi");

    @BeforeEach
    void serve() {
        sockets.serve(THEIRS.value(), theirs::open);
    }

    private DeliveryOutcome publish() {
        CompletableFuture<DeliveryOutcome> outcome = publisher.publish(note, THEIRS);
        world.timer.run(Duration.ofSeconds(20));
        return outcome.join();
    }

    @Test
    void whatARelayTookIsThereAndIsNotSentAgain() {
        assertThat(publish()).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(publish()).isInstanceOf(DeliveryOutcome.Delivered.class);

        assertThat(theirs.heard).containsExactly(note);
        assertThat(placements.find(note.id(), THEIRS)).contains(State.ACCEPTED);
    }

    @Test
    void whatARelayHadBeforeIsThere() {
        theirs.from(false, "duplicate: seen");

        assertThat(publish()).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(placements.find(note.id(), THEIRS)).contains(State.ACCEPTED);
    }

    @Test
    void whatARelayRefusedIsNotThere() {
        theirs.from(false, "blocked: no");

        assertThat(publish()).isEqualTo(new DeliveryOutcome.Refused("blocked: no"));
        assertThat(placements.find(note.id(), THEIRS)).isEmpty();
    }

    @Test
    void whatNeverLeftUsIsNotThere() {
        sockets.remove(THEIRS.value());

        assertThat(publish()).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(placements.relaysOf(note.id())).isEmpty();
    }

    @Test
    void whatWasNotAnsweredMayBeThereWhateverHappensLater() {
        sockets.silent(THEIRS.value());
        assertThat(publish()).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(placements.relaysOf(note.id())).containsExactly(THEIRS);

        sockets.remove(THEIRS.value());
        sockets.line(THEIRS.value()).cut();
        assertThat(publish()).isInstanceOf(DeliveryOutcome.Retry.class);
        assertThat(placements.relaysOf(note.id())).containsExactly(THEIRS);
    }

    @Test
    void publishesNowhereUnsafe() {
        RelayUrl plain = RelayUrl.tryParse("ws://plain.example").orElseThrow();
        int before = sockets.attempts;

        assertThat(publisher.publish(note, plain).join()).isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(sockets.attempts).isEqualTo(before);
        assertThat(placements.relaysOf(note.id())).isEmpty();
    }
}
