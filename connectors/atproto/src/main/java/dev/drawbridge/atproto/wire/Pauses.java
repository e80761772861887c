package dev.drawbridge.atproto.wire;

import java.time.Duration;

/// Waits, unless it is over.
@FunctionalInterface
public interface Pauses {
    /// @throws InterruptedException if there is no point in waiting any more
    void pause(Duration duration) throws InterruptedException;
}
