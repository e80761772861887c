package dev.drawbridge.nostr.wire;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Timer] with one thread that only waits; what is due runs on virtual threads.
public final class ThreadTimer implements Timer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadTimer.class);
    private static final Cancellable NEVER = () -> {};
    private final ScheduledThreadPoolExecutor clock;

    public ThreadTimer() {
        clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("nostr-timer").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> due = clock.schedule(
                    () -> Thread.ofVirtual().name("nostr-task").start(() -> run(task)),
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
            return () -> due.cancel(false);
        } catch (RejectedExecutionException _) {
            return NEVER;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a timed task failed", e);
        }
    }

    /// What has not begun never will.
    @Override
    public void close() {
        clock.shutdownNow();
    }
}
