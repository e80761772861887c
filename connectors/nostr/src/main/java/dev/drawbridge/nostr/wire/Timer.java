package dev.drawbridge.nostr.wire;

import java.time.Duration;

/// Runs things later. Tests have one that stands still.
public interface Timer {
    /// Runs `task` once, on a thread of its own, unless it is cancelled before.
    Cancellable after(Duration delay, Runnable task);

    /// Something that will happen.
    @FunctionalInterface
    interface Cancellable {
        void cancel();
    }
}
