package dev.drawbridge.feed.wire;

import java.time.Duration;

/// Runs things later. Tests have one that stands still.
@FunctionalInterface
public interface Timer {
    /// Runs `task` once, on a thread of its own.
    void after(Duration delay, Runnable task);

    /// What has not begun never will.
    default void close() {}
}
