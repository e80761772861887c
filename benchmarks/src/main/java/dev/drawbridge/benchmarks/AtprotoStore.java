package dev.drawbridge.benchmarks;

import dev.drawbridge.atproto.http.PdsEndpoints;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.config.http.EndpointServer;
import dev.drawbridge.it.peers.Ports;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.mongo.DeliveryFormat;
import dev.drawbridge.mongo.MongoStores;
import dev.drawbridge.mongo.embedded.EmbeddedMongo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Our PDS on a store, with some accounts, in this process.
final class AtprotoStore implements AutoCloseable {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Optional<EmbeddedMongo> embedded;
    private final MongoStores stores;
    private final PdsStore pds;
    private final PdsEndpoints endpoints;
    private final List<Did> accounts = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private URI origin = URI.create("");
    private Optional<EndpointServer> web = Optional.empty();

    /// @param uri of a MongoDB server; the embedded store without it
    AtprotoStore(Path folder, Optional<String> uri, int people) {
        embedded = uri.isPresent() ? Optional.empty() : Optional.of(EmbeddedMongo.open(folder.resolve("store")));
        stores = MongoStores.open(uri.orElseGet(() -> embedded.orElseThrow().uri()), new NoDeliveries());
        var keys = new AtprotoKeys();
        var random = new Random();
        var clock = InstantSource.system();
        pds = PdsStore.open(
                stores::resource,
                keys.signer(),
                clock,
                random,
                RelayLimits.NONE,
                OptionalLong::empty,
                stores.deadLetters());
        InstanceInfo instance =
                new InstanceInfo(URI.create("https://pds.bridge.example"), "bridge.example", "bench", "1", "", false);
        BlobStore blobs = BlobStore.open(stores::resource);
        endpoints = new PdsEndpoints(
                instance, pds, blobs, keys.owners(instance, pds, blobs), _ -> false, clock, Meters.NONE);
        for (int i = 0; i < people; i++) {
            StringBuilder did = new StringBuilder("did:plc:");
            random.ints(24, 0, ALPHABET.length()).forEach(at -> did.append(ALPHABET.charAt(at)));
            accounts.add(new Did(did.toString()));
            keys.key(did.toString());
            pds.repositories().create(accounts.getLast(), new Handle("person" + i + ".bridge.example"), did.toString());
        }
    }

    /// Writes one record after the other for some time, several people at once.
    ///
    /// @return records a second
    double writes(int threads, Duration time) {
        int before = written.get();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        atOnce(threads, who -> {
            while (System.nanoTime() < end) {
                write(who);
            }
        });
        return (written.get() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private void write(Did who) {
        var write = AtprotoPosts.put(written.incrementAndGet());
        if (pds.repositories().commit(who, who.value(), List.of(write)).isEmpty()) {
            throw new IllegalStateException("there is no repository of " + who);
        }
    }

    /// Readers in this process.
    StreamReaders readers(int readers) {
        return new InMemoryReaders(stream(), readers, pds.sequencer().latest());
    }

    /// Readers in another process, behind the web server and the route of an instance.
    StreamReaders socketReaders(int readers) {
        return new SocketReaders(stream(0), readers);
    }

    /// Where the event stream is, from some numbers after the latest event on.
    URI stream(long ahead) {
        return URI.create("ws://" + served().getAuthority() + stream().path() + "?cursor="
                + (pds.sequencer().latest() + ahead));
    }

    /// Starts the web server when it is first needed.
    private URI served() {
        if (web.isEmpty()) {
            origin = URI.create("http://localhost:" + Ports.free());
            web = Optional.of(EndpointServer.start(origin, endpoints.all(), Map.of()));
        }
        return origin;
    }

    private Endpoint.Socket stream() {
        return endpoints.all().stream()
                .filter(Endpoint.Socket.class::isInstance)
                .map(Endpoint.Socket.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /// What one record costs while some read the event stream, from its writing until the last has it.
    ///
    /// @param reading what opens them; they are closed afterwards
    /// @return milliseconds of processor time of this process
    double cost(IntFunction<StreamReaders> reading, int readers, int records, int threads) {
        int each = records / threads;
        try (var open = reading.apply(readers)) {
            var process = new ProcessUse(ProcessHandle.current().pid());
            double before = process.cpuSeconds();
            atOnce(threads, who -> {
                for (int n = 0; n < each; n++) {
                    write(who);
                }
            });
            awaitAll(open, (long) readers * each * threads);
            return (process.cpuSeconds() - before) * 1000 / (each * threads);
        }
    }

    private static void awaitAll(StreamReaders open, long all) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (open.received() < all) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("readers got " + open.received() + " of " + all + " events");
            }
            pause();
        }
    }

    /// @param each what is done for one person, by as many threads as there are
    private void atOnce(int threads, Consumer<Did> each) {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Did who = accounts.get(i % accounts.size());
                running.add(pool.submit(() -> each.accept(who)));
            }
            for (Future<?> task : running) {
                task.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Nothing is parked here.
    private static final class NoDeliveries implements DeliveryFormat {
        @Override
        public String write(Delivery delivery) {
            throw new IllegalStateException("nothing is delivered");
        }

        @Override
        public Delivery read(String text) {
            throw new IllegalStateException("nothing was delivered");
        }
    }

    @Override
    public void close() {
        endpoints.close();
        web.ifPresent(EndpointServer::close);
        pds.sequencer().end();
        stores.close();
        embedded.ifPresent(EmbeddedMongo::close);
    }
}
