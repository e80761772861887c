package dev.drawbridge.atproto;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that asks others, in a thread of its own: who does not answer holds up nothing else. Never done twice at once.
final class Aside {
    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);
    private final ThreadFactory threads;
    private final Runnable work;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Thread last;

    Aside(String name, Runnable work) {
        this(Thread.ofVirtual().name(name).factory(), work);
    }

    Aside(ThreadFactory threads, Runnable work) {
        this.threads = threads;
        this.work = work;
    }

    /// Begins, unless it is still being done. Returns at once.
    void begin() {
        if (busy.compareAndSet(false, true)) {
            Thread thread = threads.newThread(this::run);
            last = thread;
            thread.start();
        }
    }

    /// Interrupts what is being done.
    void stop() {
        Thread thread = last;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed; it is tried again", Thread.currentThread().getName(), e);
        } finally {
            busy.set(false);
        }
    }
}
