package dev.drawbridge.engine.net;

import java.io.IOException;
import java.net.URI;

/// A WebSocket server that holds one conversation per connection.
record SocketServer(RawServer raw) implements AutoCloseable {
    @FunctionalInterface
    interface Conversation {
        void with(Frames frames) throws IOException;
    }

    static SocketServer serving(Conversation conversation) throws IOException {
        return new SocketServer(new RawServer((head, in, out) -> conversation.with(Frames.accept(head, in, out))));
    }

    URI uri() {
        return ws(raw);
    }

    static URI ws(RawServer server) {
        return URI.create("ws://127.0.0.1:" + server.port() + "/");
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
