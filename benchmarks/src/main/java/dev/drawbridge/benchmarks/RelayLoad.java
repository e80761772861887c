package dev.drawbridge.benchmarks;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Publishes events to a relay over a few connections and waits for each `OK`.
///
/// @param connections how many
/// @param inFlight how many events without an answer on each
record RelayLoad(URI relay, int connections, int inFlight) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String OK = "[\"OK\",\"";
    private static final int ID = 64;

    /// How it went.
    ///
    /// @param seconds from the first event sent to the last answer
    /// @param millis from when an event was due to its answer
    /// @param refused how many were not taken, and why the first was not
    record Result(int events, double seconds, List<Double> millis, int refused, String reason) {
        double perSecond() {
            return events / seconds;
        }

        /// @throws IllegalStateException if any event was refused: then the figures mean nothing
        Result whole() {
            if (refused > 0) {
                throw new IllegalStateException(refused + " of " + events + " were refused: " + reason);
            }
            return this;
        }
    }

    /// As fast as the relay answers.
    Result pipelined(List<Event> events) {
        return run(events, 0);
    }

    /// At a steady rate, whatever the relay does.
    ///
    /// @param rate events per second, over all connections
    Result steadily(List<Event> events, int rate) {
        return run(events, rate);
    }

    private Result run(List<Event> events, int rate) {
        var run = new Run(events, rate);
        try (var http = HttpClient.newHttpClient();
                var threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < connections; lane++) {
                int mine = lane;
                running.add(threads.submit(() -> run.lane(http, mine)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("could not publish to " + relay, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return run.result();
    }

    private final class Run {
        private final List<Event> events;
        private final List<String> messages;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final long[] due;
        private final long[] answered;
        private final int rate;
        private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
        private final CountDownLatch left;
        private final CountDownLatch connected = new CountDownLatch(connections);
        private final AtomicLong begin = new AtomicLong();

        Run(List<Event> events, int rate) {
            this.events = events;
            this.rate = rate;
            this.messages = events.stream()
                    .map(e -> new ClientMessage.Publish(e).json())
                    .toList();
            for (int i = 0; i < events.size(); i++) {
                numbers.put(events.get(i).id().hex(), i);
            }
            due = new long[events.size()];
            answered = new long[events.size()];
            left = new CountDownLatch(events.size());
        }

        private void lane(HttpClient http, int lane) {
            var window = new Semaphore(rate > 0 ? 0 : inFlight);
            try (var connection = RelayConnection.open(http, relay, message -> heard(message, window))) {
                connected.countDown();
                connected.await();
                begin.compareAndSet(0, System.nanoTime());
                for (int i = lane; i < messages.size(); i += connections) {
                    publish(connection, i, window);
                }
                if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException(left.getCount() + " of " + events.size() + " were not answered");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void publish(RelayConnection connection, int i, Semaphore window) throws InterruptedException {
            if (rate > 0) {
                due[i] = begin.get() + i * 1_000_000_000L / rate;
                for (long wait = due[i] - System.nanoTime(); wait > 0; wait = due[i] - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
            } else {
                window.acquire();
                due[i] = System.nanoTime();
            }
            connection.send(messages.get(i));
        }

        private void heard(String message, Semaphore window) {
            if (!message.startsWith(OK)) {
                return;
            }
            long now = System.nanoTime();
            Integer number = numbers.get(message.substring(OK.length(), OK.length() + ID));
            if (number == null || answered[number] != 0) {
                return;
            }
            answered[number] = now;
            if (!message.startsWith("true", OK.length() + ID + 2)) {
                reasons.add(message);
            }
            window.release();
            left.countDown();
        }

        private Result result() {
            long end = 0;
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < answered.length; i++) {
                end = Math.max(end, answered[i]);
                millis.add((answered[i] - due[i]) / 1e6);
            }
            return new Result(
                    events.size(),
                    (end - begin.get()) / 1e9,
                    millis,
                    reasons.size(),
                    String.join(", ", reasons.stream().limit(1).toList()));
        }
    }
}
