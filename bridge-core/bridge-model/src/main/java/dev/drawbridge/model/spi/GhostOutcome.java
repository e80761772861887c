package dev.drawbridge.model.spi;

import dev.drawbridge.model.Ghost;
import java.time.Duration;
import java.util.Optional;

/// The answer to a [GhostRequest].
public sealed interface GhostOutcome {
    /// It exists now. Asking again gives the same one.
    record Ready(Ghost ghost) implements GhostOutcome {}

    /// Not now: something it needs (a directory) does not answer.
    record Retry(Optional<Duration> after, String reason) implements GhostOutcome {}

    /// Not before its operator has set something up outside, which is looked for again. An instance runs without it:
    /// what
    /// is waited for may be to be found only while it does.
    record Awaited(String reason) implements GhostOutcome {}

    /// Never: the person cannot be expressed on this network.
    record Refused(String reason) implements GhostOutcome {}
}
