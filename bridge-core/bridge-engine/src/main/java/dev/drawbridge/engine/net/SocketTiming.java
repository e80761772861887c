package dev.drawbridge.engine.net;

import java.time.Duration;

/// How long a WebSocket may take.
///
/// @param handshake until it stands
/// @param ping of silence before we ask whether the other side is there; three times as long and it is gone
/// @param send for one message to be taken by the network
/// @param close for the other side to answer our close
record SocketTiming(Duration handshake, Duration ping, Duration send, Duration close) {
    static final SocketTiming USUAL = new SocketTiming(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(5));
}
