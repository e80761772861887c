package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The messages of one client, worked on in the order they came. While one batch of events is being stored the next one
/// gathers, so a client that does not wait for its answers is served in few large steps. What it sends next comes on
/// the heels of those answers: a moment's patience takes it together, instead of the first by itself and the rest
/// after it. When too much waits, whoever brings more has to wait too, which the client's network feels.
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int MOST_WAITING = 1_024;
    private static final int BATCH = 256;
    private static final int MOST_BYTES = 16_000_000;
    private static final long MOMENT_NANOS = 2_000_000;

    /// Does the work. Calls never overlap.
    interface Work {
        void publish(List<Event> events);

        /// @param message anything but a [ClientMessage.Publish]
        void handle(ClientMessage message);

        void failed();
    }

    private record Waiting(ClientMessage message, int cost) {}

    private final Executor executor;
    private final Work work;
    private final Runnable patience;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final Semaphore bytes = new Semaphore(MOST_BYTES);
    private boolean running;

    Lane(Executor executor, Work work) {
        this(executor, work, () -> LockSupport.parkNanos(MOMENT_NANOS));
    }

    /// @param patience lets a moment pass
    Lane(Executor executor, Work work, Runnable patience) {
        this.executor = executor;
        this.work = work;
        this.patience = patience;
    }

    /// @param size of the message, in characters
    void add(ClientMessage message, int size) {
        int cost = Math.min(size, MOST_BYTES);
        room.acquireUninterruptibly();
        bytes.acquireUninterruptibly(cost);
        synchronized (waiting) {
            waiting.add(new Waiting(message, cost));
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        List<Waiting> next = next();
        while (!next.isEmpty()) {
            try {
                run(next);
            } catch (RuntimeException e) {
                LOG.error("a client's message could not be served", e);
                work.failed();
            } finally {
                room.release(next.size());
                bytes.release(next.stream().mapToInt(Waiting::cost).sum());
            }
            if (mayGather(next.size())) {
                patience.run();
            }
            next = next();
        }
    }

    /// Whether more is likely to be on its way than has come: several at once were answered, and fewer wait.
    private boolean mayGather(int answered) {
        synchronized (waiting) {
            return answered > 1 && waiting.size() < answered;
        }
    }

    private void run(List<Waiting> next) {
        if (next.getFirst().message() instanceof ClientMessage.Publish) {
            work.publish(next.stream()
                    .map(w -> ((ClientMessage.Publish) w.message()).event())
                    .toList());
        } else {
            work.handle(next.getFirst().message());
        }
    }

    /// The next message, and if it is an event, those that follow it.
    private List<Waiting> next() {
        synchronized (waiting) {
            List<Waiting> batch = new ArrayList<>();
            Waiting head = waiting.peek();
            while (head != null && batch.size() < BATCH) {
                boolean event = head.message() instanceof ClientMessage.Publish;
                if (!event && !batch.isEmpty()) {
                    break;
                }
                batch.add(waiting.remove());
                head = event ? waiting.peek() : null;
            }
            running = !batch.isEmpty();
            return batch;
        }
    }
}
