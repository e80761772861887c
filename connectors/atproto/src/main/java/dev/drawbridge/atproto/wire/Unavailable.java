package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/// A server does not answer as it should, and may later: try again.
public final class Unavailable extends UnavailableException {
    private static final long serialVersionUID = 1L;
    private final boolean closed;

    public Unavailable(String message, Optional<Duration> retryAfter) {
        super(message, retryAfter);
        this.closed = false;
    }

    Unavailable(String message, OutboundException cause) {
        super(message, Optional.empty());
        initCause(cause);
        this.closed = false;
    }

    /// @param closed see [#isClosed()]
    Unavailable(String message, boolean closed) {
        super(message, Optional.empty());
        this.closed = closed;
    }

    /// Whether it answered, and with more than is read.
    boolean isTooLarge() {
        return getCause() instanceof OutboundException cause && cause.failure() == Failure.TOO_LARGE;
    }

    /// Whether it says that the account is closed, or taken down: it may be opened again, and shows nothing until then.
    boolean isClosed() {
        return closed;
    }
}
