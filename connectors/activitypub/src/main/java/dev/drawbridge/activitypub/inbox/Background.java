package dev.drawbridge.activitypub.inbox;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Where the connector works while nobody waits for it.
public interface Background {
    void submit(Runnable task);

    /// Runs `task` again and again, never twice at once, until [#stop()].
    void every(Duration period, Runnable task);

    /// Starts nothing new.
    void stop();

    /// Virtual threads, and one thread that keeps time.
    static Background threads() {
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("activitypub-timer").factory());
        return new Background() {
            @Override
            public void submit(Runnable task) {
                workers.execute(task);
            }

            @Override
            public void every(Duration period, Runnable task) {
                timer.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
            }

            @Override
            public void stop() {
                timer.shutdownNow();
                workers.shutdown();
            }
        };
    }
}
