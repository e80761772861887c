package dev.drawbridge.benchmarks;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.NostrClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// Posts of people on the Fediverse who opted in, on their way to a subscriber of the bridge's own relay: HTTP and
/// signature in, the whole engine, Nostr signature and WebSocket out.
final class Crossing implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final RunningInstance instance;
    private final Fediverse fediverse = Fediverse.start();
    private final NostrClient reader;
    private final List<String> authors = new ArrayList<>();
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile CountDownLatch expected = new CountDownLatch(0);

    Crossing(RunningInstance instance, int people) {
        this.instance = instance;
        this.reader = NostrClient.connect(URI.create("ws://" + instance.authority() + "/"));
        reader.subscribe(Map.of("kinds", List.of(1)), this::arrival);
        for (int i = 0; i < people; i++) {
            authors.add("author" + i);
        }
    }

    /// Everybody follows the bot for Nostr; returns once everybody has a profile there.
    void optIn() {
        String bot = fediverse.find("nostr", instance.authority());
        for (String author : authors) {
            int status = fediverse.follow(author, bot);
            if (status / 100 != 2) {
                throw new IllegalStateException("the bot answered " + status + " to a follow");
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (profiles() < authors.size()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(profiles() + " of " + authors.size() + " people have a profile");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /// Who opted in, by their ids.
    List<String> people() {
        return authors.stream().map(fediverse::actor).toList();
    }

    /// How it went.
    ///
    /// @param seconds from the first post sent to the last one arrived
    /// @param millis from sending to arrival, of each post
    record Result(int posts, double seconds, List<Double> millis, int refused) {
        double perSecond() {
            return posts / seconds;
        }
    }

    /// Sends posts as fast as they are taken.
    ///
    /// @param inFlight how many at once
    Result asFastAsPossible(int posts, int inFlight) {
        var slots = new Semaphore(inFlight);
        return run(posts, _ -> slots.acquireUninterruptibly(), slots::release);
    }

    /// Sends posts at a steady rate, whether or not earlier ones were answered.
    Result steadily(int posts, int perSecond) {
        long start = System.nanoTime();
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        return run(posts, i -> LockSupport.parkNanos(start + i * gap - System.nanoTime()), () -> {});
    }

    @Override
    public void close() {
        reader.close();
        fediverse.close();
    }

    private Result run(int posts, java.util.function.IntConsumer pace, Runnable done) {
        URI inbox = fediverse.inboxOf(fediverse.find("nostr", instance.authority()));
        expected = new CountDownLatch(posts);
        int before = refused.get();
        var tokens = new ArrayList<String>();
        long start = System.nanoTime();
        for (int i = 0; i < posts; i++) {
            pace.accept(i);
            int number = next.getAndIncrement();
            String author = authors.get(number % authors.size());
            String token = "bench-" + number + "-end";
            tokens.add(token);
            Thread.ofVirtual().start(() -> {
                send(author, inbox, number, token);
                done.run();
            });
        }
        try {
            if (!expected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(stuck(posts));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        long end = tokens.stream().mapToLong(t -> time(arrived, t)).max().orElse(start);
        List<Double> millis = tokens.stream()
                .map(t -> (time(arrived, t) - time(sent, t)) / 1e6)
                .toList();
        return new Result(posts, (end - start) / 1e9, millis, refused.get() - before);
    }

    private String stuck(int posts) {
        return "%d of %d posts did not arrive; %d answered, %d refused in all; the reader's connection: %s%n%s%n%s"
                .formatted(
                        expected.getCount(),
                        posts,
                        answered.get(),
                        refused.get(),
                        reader.end().orElse("open"),
                        instance.metrics(),
                        instance.log());
    }

    private void send(String author, URI inbox, int number, String token) {
        var create = fediverse.note(author, "b" + number, "<p>" + token + "</p>");
        sent.put(token, System.nanoTime());
        while (fediverse.post(author, inbox, create) / 100 != 2) {
            refused.incrementAndGet();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        answered.incrementAndGet();
    }

    private void arrival(JsonNode event) {
        long now = System.nanoTime();
        String content = event.path("content").asString();
        int from = content.indexOf("bench-");
        int to = content.indexOf("-end", Math.max(from, 0));
        if (from >= 0 && to > from && arrived.putIfAbsent(content.substring(from, to + 4), now) == null) {
            expected.countDown();
        }
    }

    private long profiles() {
        return reader.query(Map.of("kinds", List.of(0))).stream()
                .filter(e -> e.path("tags")
                        .valueStream()
                        .anyMatch(t -> t.path(0).asString().equals("proxy")))
                .filter(e -> e.path("tags").toString().contains(fediverse.actor("author")))
                .count();
    }

    private static long time(Map<String, Long> times, String token) {
        Long time = times.get(token);
        if (time == null) {
            throw new IllegalStateException(token + " has no time");
        }
        return time;
    }
}
