package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.RudeServer;
import dev.drawbridge.activitypub.support.RudeServer.Manner;
import dev.drawbridge.activitypub.support.Watched;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// One of the servers whose outboxes are read after an absence takes the question and says nothing.
@ExtendWith(TestMongo.class)
class CatchUpHangTest {
    private final LocalNet net = new LocalNet();
    private final VirtualClock clock = new VirtualClock();
    private final InMemoryCursors cursors = new InMemoryCursors();
    private final RemoteServer alice = new RemoteServer("hanging.example", "alice");
    private final RemoteServer bob = new RemoteServer("quick.example", "bob");
    private final List<NativeEvent> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch bobs = new CountDownLatch(1);

    /// @param pause what happens between the rounds
    private CatchUp catchUp(MongoDatabase database, CatchUp.Pause pause) {
        var people = Set.of(
                new NativeId(Network.ACTIVITYPUB, alice.actor()), new NativeId(Network.ACTIVITYPUB, bob.actor()));
        return new CatchUp(
                Outboxes.of(database, net, clock, () -> {}),
                cursors,
                new Watched(people),
                new DeniedDomains(Set.of()),
                clock,
                pause);
    }

    private void hasSaidSomething(RemoteServer server) {
        net.document(server.actor(), Documents.write(server.document().put("outbox", server.actor() + "/outbox")));
        String said = server.create(1, "meanwhile")
                .replace("2026-03-01T11:59:00Z", clock.instant().toString());
        net.document(
                server.actor() + "/outbox",
                "{\"id\":\"%s/outbox\",\"type\":\"OrderedCollection\",\"orderedItems\":[%s]}"
                        .formatted(server.actor(), said));
    }

    private Receipt take(NativeEvent event) {
        received.add(event);
        if (event.author().value().equals(bob.actor())) {
            bobs.countDown();
        }
        return new Receipt.Accepted();
    }

    private List<String> authors() {
        return received.stream().map(e -> e.author().value()).toList();
    }

    @Test
    @Timeout(60)
    void theOthersAreReadMeanwhileAndTheHangingOneIsAskedAgain(MongoDatabase database) throws InterruptedException {
        try (var hanging = new RudeServer(Manner.SILENT, Duration.ofMinutes(1))) {
            net.serve("hanging.example", hanging);
            var back = new CatchUp.Pause() {
                @Override
                public void of(Duration time) {
                    if (!time.isZero()) {
                        // Before the next round its host has come to itself.
                        clock.advance(time);
                        hasSaidSomething(alice);
                    }
                }
            };
            CatchUp catchUp = catchUp(database, back);
            catchUp.begin();
            clock.advance(Duration.ofHours(2));
            hasSaidSomething(bob);
            catchUp.begin();
            assertThat(cursors.get(CatchUp.OPEN)).isPresent();
            Thread reading = Thread.ofVirtual().start(() -> catchUp.read(this::take));
            hanging.awaitRequest();
            assertThat(bobs.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(reading.isAlive()).as("it still hangs").isTrue();
            assertThat(cursors.get(CatchUp.OPEN))
                    .as("and begins anew after a restart")
                    .isPresent();
            hanging.close();
            reading.join();
        }
        assertThat(authors()).containsExactly(bob.actor(), alice.actor());
        assertThat(cursors.get(CatchUp.OPEN)).isEmpty();
    }
}
