package dev.drawbridge.config.instance;

import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.SmartLifecycle;

/// Something to do while the instance stops, in its place among the others.
final class StopStep implements SmartLifecycle {
    private final int phase;
    private final Runnable action;
    private final AtomicBoolean running = new AtomicBoolean();

    StopStep(int phase, Runnable action) {
        this.phase = phase;
        this.action = action;
    }

    @Override
    public void start() {
        running.set(true);
    }

    @Override
    public void stop() {
        if (running.compareAndSet(true, false)) {
            action.run();
        }
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
