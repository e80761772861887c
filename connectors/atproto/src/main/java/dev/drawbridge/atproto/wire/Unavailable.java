package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
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

    Unavailable(String message, OutboundException cause) {
        super(message, cause);
        this.retryAfter = Optional.empty();
    }

    /// Whether it answered, and with more than is read.
    boolean isTooLarge() {
        return getCause() instanceof OutboundException cause && cause.failure() == Failure.TOO_LARGE;
    }

    /// How long the server asked to be left alone.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
