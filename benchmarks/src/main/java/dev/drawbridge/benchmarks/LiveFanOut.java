package dev.drawbridge.benchmarks;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.PublicKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long a new event takes to those who wait for it, while many others wait for something else.
///
/// @param idle subscriptions that nothing matches
/// @param each how many of them on one connection
/// @param listeners connections with one subscription that everything matches
record LiveFanOut(URI relay, int idle, int each, int listeners) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /// Publishes the events one after the other.
    ///
    /// @return milliseconds from sending to hearing, for every event and listener
    List<Double> millis(List<Event> events) {
        List<RelayConnection> open = new ArrayList<>();
        try (var http = HttpClient.newHttpClient()) {
            try {
                idle(http, open);
                return listen(http, open, events);
            } finally {
                open.forEach(RelayConnection::close);
            }
        }
    }

    private void idle(HttpClient http, List<RelayConnection> open) {
        for (int first = 0; first < idle; first += each) {
            int count = Math.min(each, idle - first);
            var ready = new CountDownLatch(count);
            var connection = RelayConnection.open(http, relay, message -> countEnd(message, ready));
            open.add(connection);
            for (int i = 0; i < count; i++) {
                // Nobody has this key.
                var nobody = new PublicKey("%064x".formatted(first + i + 1));
                connection.send(
                        new ClientMessage.Request("idle" + i, List.of(Filter.ANY.authors(List.of(nobody)))).json());
            }
            await(ready, "idle subscriptions");
        }
    }

    private List<Double> listen(HttpClient http, List<RelayConnection> open, List<Event> events) {
        Map<String, Long> sent = new ConcurrentHashMap<>();
        List<Double> millis = new ArrayList<>();
        var heard = new CountDownLatch(events.size() * listeners);
        var ready = new CountDownLatch(listeners);
        Filter theirs = Filter.ANY
                .authors(events.stream().map(Event::pubkey).distinct().toList())
                .since(events.stream().mapToLong(Event::createdAt).min().orElseThrow());
        for (int i = 0; i < listeners; i++) {
            var connection = RelayConnection.open(http, relay, message -> {
                countEnd(message, ready);
                if (message.startsWith("[\"EVENT\"")) {
                    took(message, sent, millis, heard);
                }
            });
            open.add(connection);
            connection.send(new ClientMessage.Request("live", List.of(theirs)).json());
        }
        await(ready, "listeners");
        var writer = RelayConnection.open(http, relay, _ -> {});
        open.add(writer);
        for (Event event : events) {
            sent.put(event.id().hex(), System.nanoTime());
            writer.send(new ClientMessage.Publish(event).json());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        await(heard, "events");
        synchronized (millis) {
            return List.copyOf(millis);
        }
    }

    private static void took(String message, Map<String, Long> sent, List<Double> millis, CountDownLatch heard) {
        long now = System.nanoTime();
        int at = message.indexOf("\"id\":\"") + 6;
        Long began = sent.get(message.substring(at, at + 64));
        if (began != null) {
            synchronized (millis) {
                millis.add((now - began) / 1e6);
            }
            heard.countDown();
        }
    }

    private static void countEnd(String message, CountDownLatch latch) {
        if (message.startsWith("[\"EOSE\"")) {
            latch.countDown();
        } else if (message.startsWith("[\"CLOSED\"")) {
            throw new IllegalStateException(message);
        }
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(latch.getCount() + " " + what + " are missing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
