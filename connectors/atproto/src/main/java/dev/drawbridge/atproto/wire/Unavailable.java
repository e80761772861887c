package dev.drawbridge.atproto.wire;

import java.time.Duration;
import java.util.Optional;

/// A server does not answer as it should, and may later: try again.
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> retryAfter;

    public Unavailable(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /// How long the server asked to be left alone.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
