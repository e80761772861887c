package dev.drawbridge.model.port;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Several requests that somebody waits for: all of them together have so much time, so that a server that answers each
/// just in time holds nobody. Not for hosts that are spared when they do not answer: what had no time left says nothing
/// about a host.
public final class Deadline implements OutboundHttp {
    private final OutboundHttp http;
    private final InstantSource clock;
    private final Instant end;

    /// @param patience from now on, for everything
    public Deadline(OutboundHttp http, Duration patience, InstantSource clock) {
        this.http = http;
        this.clock = clock;
        this.end = clock.instant().plus(patience);
    }

    /// Whether there is no time left.
    public boolean isOver() {
        return !left().isPositive();
    }

    private Duration left() {
        return Duration.between(clock.instant(), end);
    }

    /// @throws OutboundException if there is no answer, or no time for one
    @Override
    public Answer send(Request request) {
        Duration left = left();
        if (!left.isPositive()) {
            throw new OutboundException(Failure.TIMEOUT, request.uri() + ": all of it took too long");
        }
        Duration timeout = left.compareTo(request.timeout()) < 0 ? left : request.timeout();
        return http.send(new Request(
                request.method(),
                request.uri(),
                request.headers(),
                request.body(),
                request.maxBytes(),
                timeout,
                request.maxRedirects()));
    }
}
