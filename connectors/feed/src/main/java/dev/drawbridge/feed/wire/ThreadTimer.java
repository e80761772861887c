package dev.drawbridge.feed.wire;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Timer] with one thread that only waits; what is due runs on virtual threads.
public final class ThreadTimer implements Timer {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadTimer.class);
    private final ScheduledThreadPoolExecutor waiting = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("feed-timer").factory());

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var unused = waiting.schedule(
                    () -> Thread.ofVirtual().name("feed").start(() -> run(task)),
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("not done any more: {}", e.toString());
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a timed task failed", e);
        }
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
