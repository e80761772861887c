package dev.drawbridge.model.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Something a connector serves. The engine mounts it; the connector never sees a server.
public sealed interface Endpoint {
    /// `/fixed/{variable}`; a last `{*rest}` takes everything, slashes included.
    String path();

    /// @param method in upper case
    /// @param maxBody a longer body is answered with 413 before it is read
    /// @param when further condition (an `Accept` header, a host); the first endpoint that matches answers
    /// @param handler must not keep the call
    record Http(String method, String path, long maxBody, Predicate<HttpCall> when, Handler handler)
            implements Endpoint {
        public static Http get(String path, Handler handler) {
            return new Http("GET", path, 0, _ -> true, handler);
        }

        public static Http post(String path, long maxBody, Handler handler) {
            return new Http("POST", path, maxBody, _ -> true, handler);
        }

        public Http when(Predicate<HttpCall> condition) {
            return new Http(method, path, maxBody, condition, handler);
        }
    }

    /// A WebSocket.
    ///
    /// @param maxMessage a longer message closes the connection with code 1009
    /// @param stall how long a client may take and say nothing, if that is longer than usual:
    ///     readers that hold us back on purpose answer no pings
    record Socket(String path, int maxMessage, Optional<Duration> stall, SocketHandler handler) implements Endpoint {
        /// One that is given up as soon as usual.
        public Socket(String path, int maxMessage, SocketHandler handler) {
            this(path, maxMessage, Optional.empty(), handler);
        }
    }

    @FunctionalInterface
    interface Handler {
        HttpReply handle(HttpCall call);
    }

    @FunctionalInterface
    interface SocketHandler {
        /// A client connected.
        ///
        /// @param handshake the request that opened it, without a body
        SocketSession open(HttpCall handshake, SocketPeer peer);
    }
}
