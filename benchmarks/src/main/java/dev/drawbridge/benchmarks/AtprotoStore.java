package dev.drawbridge.benchmarks;

import dev.drawbridge.atproto.http.PdsEndpoints;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.store.PdsStore;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.store.blob.BlobStore;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.SocketPeer;
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
import java.util.concurrent.atomic.AtomicLong;

/// Our PDS on a store, with some accounts, in this process.
final class AtprotoStore implements AutoCloseable {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private final Optional<EmbeddedMongo> embedded;
    private final MongoStores stores;
    private final PdsStore pds;
    private final PdsEndpoints endpoints;
    private final List<Did> accounts = new ArrayList<>();
    private final AtomicInteger written = new AtomicInteger();

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
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Did who = accounts.get(i % accounts.size());
                running.add(pool.submit(() -> {
                    while (System.nanoTime() < end) {
                        write(who);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return (written.get() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private void write(Did who) {
        var write = AtprotoPosts.put(written.incrementAndGet());
        if (pds.repositories().commit(who, who.value(), List.of(write)).isEmpty()) {
            throw new IllegalStateException("there is no repository of " + who);
        }
    }

    /// What one record costs while some read the event stream, from its writing until the last has it.
    ///
    /// @return milliseconds of processor time of this process
    double cost(int readers, int records, int threads) {
        var got = new AtomicLong();
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            ends.add(read(got));
        }
        var process = new ProcessUse(ProcessHandle.current().pid());
        double before = process.cpuSeconds();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                Did who = accounts.get(i % accounts.size());
                pool.submit(() -> {
                    for (int n = 0; n < records / threads; n++) {
                        write(who);
                    }
                });
            }
        }
        long all = (long) readers * (records / threads) * threads;
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (got.get() < all) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("readers got " + got.get() + " of " + all + " events");
            }
            pause();
        }
        double used = process.cpuSeconds() - before;
        ends.forEach(Runnable::run);
        return used * 1000 / records;
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// @return what ends the reading
    private Runnable read(AtomicLong got) {
        Endpoint.Socket stream = endpoints.all().stream()
                .filter(Endpoint.Socket.class::isInstance)
                .map(Endpoint.Socket.class::cast)
                .findFirst()
                .orElseThrow();
        URI uri = URI.create("wss://pds.bridge.example" + stream.path());
        HttpCall handshake = new HttpCall("GET", uri, Map.of(), Map.of(), new byte[0], "127.0.0.1");
        var session = stream.handler().open(handshake, new SocketPeer() {
            @Override
            public void send(String text) {
                throw new IllegalStateException("text on a binary stream");
            }

            @Override
            public void send(byte[] bytes) {
                got.incrementAndGet();
            }

            @Override
            public long pending() {
                return 0;
            }

            @Override
            public void close(int code, String reason) {
                // Nothing is held.
            }
        });
        return () -> session.closed(1000, "");
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
        pds.sequencer().end();
        stores.close();
        embedded.ifPresent(EmbeddedMongo::close);
    }
}
