package dev.drawbridge.engine;

import java.time.Duration;
import java.util.Optional;

/// How one try at a delivery ended, for whoever decides what waits.
sealed interface Attempt {
    /// Nothing is left to do, whether it crossed or never will.
    record Done() implements Attempt {}

    /// It waits behind `key`.
    ///
    /// @param after how long at least; empty to let the retry policy decide
    record Wait(String key, String reason, Optional<Duration> after) implements Attempt {}

    Attempt DONE = new Done();
}
