package dev.drawbridge.engine.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Makes what many threads bring at the same time durable together. One thread writes; what is brought while it does so
/// goes with the next write, all of it in one. So one item alone waits for nobody, and a crowd shares what a write
/// costs.
///
/// @param <T> an item
final class GroupCommit<T> implements AutoCloseable {
    /// Items in one write: enough that what a write costs no longer counts, and few enough that nobody waits long for
    /// those before them.
    static final int MOST = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Waiting<T>> waiting = new LinkedBlockingQueue<>();
    private final Consumer<List<T>> write;
    private final Thread writer;
    private volatile boolean ended;

    /// An item and who waits for it.
    ///
    /// @param item empty for what ends the writer
    private record Waiting<T>(List<T> item, CompletableFuture<Void> durable) {}

    /// @param name of the thread that writes
    /// @param write returns when all of it is durable, or throws and none of it is
    GroupCommit(String name, Consumer<List<T>> write) {
        this.write = write;
        this.writer = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /// Returns once the item is durable.
    ///
    /// @throws IllegalStateException if it could not be made so, with the reason as its cause, or after the end
    void commit(T item) {
        var mine = new Waiting<>(List.of(item), new CompletableFuture<Void>());
        waiting.add(mine);
        if (ended) {
            refuseTheRest();
        }
        try {
            mine.durable().join();
        } catch (CompletionException e) {
            throw new IllegalStateException("not durable: " + e.getCause(), e.getCause());
        }
    }

    /// How many wait for a write that has not begun.
    int waiting() {
        return waiting.size();
    }

    private void run() {
        List<Waiting<T>> together = new ArrayList<>(MOST);
        boolean more = true;
        while (more) {
            together.clear();
            together.add(next());
            waiting.drainTo(together, MOST - 1);
            more = together.stream().noneMatch(w -> w.item().isEmpty());
            write(together);
        }
        ended = true;
        refuseTheRest();
    }

    private Waiting<T> next() {
        while (true) {
            try {
                return waiting.take();
            } catch (InterruptedException e) {
                // Nobody stops this thread but the one that closes it: those who wait would wait forever.
                continue;
            }
        }
    }

    private void write(List<Waiting<T>> together) {
        try {
            List<T> items = together.stream().flatMap(w -> w.item().stream()).toList();
            if (!items.isEmpty()) {
                write.accept(items);
            }
            together.forEach(w -> w.durable().complete(null));
        } catch (RuntimeException | Error e) {
            together.forEach(w -> w.durable().completeExceptionally(e));
        }
    }

    private void refuseTheRest() {
        for (Waiting<T> late = waiting.poll(); late != null; late = waiting.poll()) {
            late.durable().completeExceptionally(new BrokerUnavailableException("stopped"));
        }
    }

    /// Writes what was brought before, and nothing after it.
    @Override
    public void close() {
        close(PATIENCE);
    }

    /// Refuses what was not written in time: a broker that is full may hold a writer for as long as it likes.
    void close(Duration patience) {
        var end = new Waiting<T>(List.of(), new CompletableFuture<>());
        waiting.add(end);
        if (!ended) {
            try {
                end.durable().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                ended = true;
            } catch (InterruptedException e) {
                ended = true;
                Thread.currentThread().interrupt();
            }
        }
        if (ended) {
            refuseTheRest();
        }
    }
}
