package dev.drawbridge.model.spi;

import java.time.Duration;

/// The engine's answer to a [NativeEvent].
public sealed interface Receipt {
    /// Durable now: answer 202, say OK, move the cursor.
    record Accepted() implements Receipt {}

    /// Not ours to carry; nothing was stored. Answer as if accepted and move on.
    record Ignored(String reason) implements Receipt {}

    /// Could not be made durable. Answer 503, hold the cursor.
    record Busy(Duration retryAfter) implements Receipt {}
}
