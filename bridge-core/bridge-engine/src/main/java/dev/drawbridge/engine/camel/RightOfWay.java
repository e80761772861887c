package dev.drawbridge.engine.camel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What arrives goes before what is carried on. A sender that waits too long gives up, and many of them never come
/// back;
/// what was accepted can wait. So while many arrivals are being accepted at once, the later stages hold each of their
/// items back for a moment, and never longer than that.
final class RightOfWay {
    private final int crowd;
    private final Duration longest;
    private final AtomicInteger arriving = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition clear = lock.newCondition();

    /// @param crowd how many arrivals at once go first
    /// @param longest how long an item is held back at most
    RightOfWay(int crowd, Duration longest) {
        this.crowd = crowd;
        this.longest = longest;
    }

    /// Something is being accepted until the same thread calls [#accepted()].
    void arrives() {
        arriving.incrementAndGet();
    }

    void accepted() {
        if (arriving.getAndDecrement() == crowd) {
            lock.lock();
            try {
                clear.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Returns when few things are arriving, or after the longest wait; at once, with its mark kept, in an interrupted
    /// thread.
    void give() {
        if (arriving.get() < crowd) {
            return;
        }
        long left = longest.toNanos();
        lock.lock();
        try {
            while (arriving.get() >= crowd && left > 0) {
                left = clear.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Whether somebody is being held back.
    boolean holds() {
        lock.lock();
        try {
            return lock.hasWaiters(clear);
        } finally {
            lock.unlock();
        }
    }
}
