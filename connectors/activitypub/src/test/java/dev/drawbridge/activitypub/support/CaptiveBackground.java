package dev.drawbridge.activitypub.support;

import dev.drawbridge.activitypub.inbox.Background;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// Work that is done when a test says so, on the thread of the test.
public final class CaptiveBackground implements Background {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> regular = new CopyOnWriteArrayList<>();

    @Override
    public void submit(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void every(Duration period, Runnable task) {
        regular.add(task);
    }

    @Override
    public void stop() {
        tasks.clear();
        regular.clear();
    }

    /// Does everything that was submitted.
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// Lets every regular task run once, and then what they submitted.
    public void pulse() {
        regular.forEach(Runnable::run);
        run();
    }
}
