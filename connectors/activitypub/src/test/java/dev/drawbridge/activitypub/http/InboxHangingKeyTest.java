package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.RudeServer;
import dev.drawbridge.activitypub.support.RudeServer.Manner;
import dev.drawbridge.model.spi.HttpReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The key of a sender lies on a host that takes our question and says nothing.
class InboxHangingKeyTest extends InboxFixture {
    private final RemoteServer bob = new RemoteServer("quick.example", "bob");

    private HttpReply brought(RemoteServer sender, int number) {
        String body = sender.create(number, "hello");
        return bridge.post(INBOX, sender.signed(INBOX, body, bridge.clock.instant()), body);
    }

    @Test
    @Timeout(60)
    void nobodyWaitsForTheKeyOfSomebodyElse() throws InterruptedException {
        bob.on(net);
        bridge.people.add(ap(bob.actor()));
        net.forget(ALICE.actor());
        try (var hanging = new RudeServer(Manner.SILENT, Duration.ofMinutes(1))) {
            net.serve("social.example", hanging);
            assertThat(brought(ALICE, 1).status())
                    .as("at once, and nobody was asked")
                    .isEqualTo(202);
            assertThat(net.requests).isEmpty();
            Thread asking = Thread.ofVirtual().start(bridge.background::run);
            hanging.awaitRequest();
            assertThat(brought(ALICE, 2).status()).as("while her host hangs").isEqualTo(202);
            assertThat(brought(bob, 3).status()).isEqualTo(202);
            bridge.background.run();
            assertThat(bridge.received)
                    .extracting(e -> e.author().value())
                    .as("what others say goes on")
                    .containsExactly(bob.actor());
            assertThat(asking.isAlive()).as("it still hangs").isTrue();
            hanging.close();
            asking.join();
        }
        assertThat(bridge.received).hasSize(1);
        ALICE.on(net);
        bridge.clock.advance(Duration.ofMinutes(2));
        bridge.background.pulse();
        assertThat(bridge.received.subList(1, bridge.received.size()))
                .extracting(e -> e.id().value())
                .as("nothing is lost, and in order")
                .containsExactly(ALICE.note(1) + "/activity", ALICE.note(2) + "/activity");
    }
}
