package dev.drawbridge.benchmarks;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Readers in the process of the PDS, without a socket: what is left is the stream itself.
final class InMemoryReaders implements StreamReaders {
    private final AtomicLong received = new AtomicLong();
    private final List<SocketSession> sessions = new ArrayList<>();

    /// @param cursor the number after which they read
    InMemoryReaders(Endpoint.Socket stream, int readers, long cursor) {
        URI uri = URI.create("wss://pds.bridge.example" + stream.path() + "?cursor=" + cursor);
        for (int i = 0; i < readers; i++) {
            HttpCall handshake = new HttpCall("GET", uri, Map.of(), Map.of(), new byte[0], "127.0.0.1");
            sessions.add(stream.handler().open(handshake, new Counting()));
        }
    }

    @Override
    public long received() {
        return received.get();
    }

    @Override
    public void close() {
        sessions.forEach(session -> session.closed(1000, ""));
    }

    private final class Counting implements SocketPeer {
        @Override
        public void send(String text) {
            throw new IllegalStateException("text on a binary stream");
        }

        @Override
        public void send(byte[] bytes) {
            received.incrementAndGet();
        }

        @Override
        public long pending() {
            return 0;
        }

        @Override
        public void close(int code, String reason) {
            // Nothing is held.
        }
    }
}
