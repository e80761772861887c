package dev.drawbridge.benchmarks;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.instance.RunningInstance.Setup;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.NostrRelay;
import dev.drawbridge.it.peers.NostrTools;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.mongo.DeliveryFormat;
import dev.drawbridge.mongo.MongoStores;
import dev.drawbridge.mongo.embedded.EmbeddedMongo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// An instance with somebody from Nostr who opted in to the Fediverse, and followers there. The followers are not made
/// by follows over the wire, which would take longer than everything else: while the instance is stopped they are put
/// into its store, by the port and the classes by which the instance itself puts them there.
final class Audience implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WRITERS = 16;

    private final RunningInstance instance;
    private final Path store;
    private final NostrRelay relay;
    private final NostrSide nostr;
    private final Person author;

    private Audience(RunningInstance instance, Path store, NostrRelay relay, NostrSide nostr) {
        this.instance = instance;
        this.store = store;
        this.relay = relay;
        this.nostr = nostr;
        this.author = nostr.join("writer");
    }

    /// Starts an instance on the embedded store, and somebody who writes.
    static Audience start(Path folder) {
        var relay = NostrRelay.start();
        var setup = Options.flagged(Setup.loopback(folder)
                .by(RunningInstance.Start.LAUNCHER)
                .with("drawbridge.atproto.enabled", "false")
                .with("drawbridge.nostr.relays", relay.uri().toString()));
        var instance = RunningInstance.start(setup);
        var nostr = new NostrSide(
                relay, NostrTools.start(), instance.base(), () -> Instant.now().getEpochSecond());
        var audience = new Audience(instance, folder.resolve("data/store"), relay, nostr);
        audience.optIn();
        return audience;
    }

    RunningInstance instance() {
        return instance;
    }

    /// Lets each of these inboxes have a follower of its own. Stops the instance and starts it again.
    void followedAt(List<URI> inboxes) {
        instance.close();
        try (var embedded = EmbeddedMongo.open(store);
                // nobody waits for the disk: closing brings everything there
                var stores = MongoStores.open(embedded.uri() + "/?w=1&journal=false", new NoDeliveries())) {
            put(inboxes, stores.follows());
        }
        instance.start();
    }

    void publish(String text) {
        nostr.publish(author, Words.of(text));
    }

    @Override
    public void close() {
        instance.close();
        nostr.close();
    }

    private void optIn() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (nostr.bot("activitypub").isEmpty()) {
            pause(deadline, "there is no bot");
        }
        nostr.follow(author, nostr.bot("activitypub").orElseThrow().id());
        try (var fediverse = Fediverse.start()) {
            while (!exists(fediverse)) {
                pause(deadline, "the writer has no ghost");
            }
        }
    }

    private boolean exists(Fediverse fediverse) {
        try {
            return !fediverse.find(author.handle(), instance.authority()).isEmpty();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void put(List<URI> inboxes, Follows follows) {
        var followed = new NativeId(Network.NOSTR, author.id());
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var running = new ArrayList<Future<?>>();
            for (URI inbox : inboxes) {
                running.add(threads.submit(() -> follows.put(edge(inbox, followed))));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the store takes no follower", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Follows.Edge edge(URI inbox, NativeId followed) {
        String follower = inbox.resolve(".").toString().replaceFirst("/$", "");
        return new Follows.Edge(
                new NativeId(Network.ACTIVITYPUB, follower),
                followed,
                new NativeId(Network.ACTIVITYPUB, follower + "/follow"),
                java.util.Optional.of(new Destination(Network.ACTIVITYPUB, inbox.toString())),
                true);
    }

    private void pause(long deadline, String otherwise) {
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(otherwise + "\n" + instance.log());
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }

    /// As the instance writes what is parked.
    private record NoDeliveries(EngineJson json) implements DeliveryFormat {
        NoDeliveries() {
            this(new EngineJson());
        }

        @Override
        public String write(Delivery delivery) {
            return json.writeText(delivery);
        }

        @Override
        public Delivery read(String text) {
            return json.delivery(text);
        }
    }
}
