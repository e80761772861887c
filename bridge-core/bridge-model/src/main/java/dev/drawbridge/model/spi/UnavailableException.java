package dev.drawbridge.model.spi;

import java.time.Duration;
import java.util.Optional;

/// Somebody else's server does not answer as it should, and may later: try again.
public class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Optional<Duration> retryAfter;

    /// @param retryAfter how long the server asked to be left alone
    public UnavailableException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /// How long the server asked to be left alone.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
