package dev.drawbridge.nostr;

import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Relays in this very process: real sessions, or a test that speaks for them.
public final class FakeSockets implements OutboundSockets {
    private final Map<String, Function<SocketPeer, SocketSession>> servers = new ConcurrentHashMap<>();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    public int attempts;

    /// A relay that answers by itself.
    public void serve(String url, Function<SocketPeer, SocketSession> server) {
        servers.put(url, server);
    }

    /// A relay that says only what the test says.
    public void silent(String url) {
        serve(url, _ -> new SocketSession() {
            @Override
            public void text(String message) {}

            @Override
            public void closed(int code, String reason) {}
        });
    }

    public void remove(String url) {
        servers.remove(url);
    }

    /// The last connection to a relay.
    public Line line(String url) {
        Line line = lines.get(url);
        if (line == null) {
            throw new AssertionError("nobody connected to " + url);
        }
        return line;
    }

    public boolean connected(String url) {
        return lines.containsKey(url) && lines.get(url).open;
    }

    @Override
    public SocketPeer connect(URI uri, long maxMessageBytes, Function<SocketPeer, SocketSession> session) {
        attempts++;
        Function<SocketPeer, SocketSession> server = servers.get(uri.toString());
        if (server == null) {
            throw new OutboundException(Failure.UNREACHABLE, "nobody there");
        }
        var line = new Line();
        lines.put(uri.toString(), line);
        line.server = server.apply(line.toClient);
        line.client = session.apply(line.toServer);
        line.drain();
        return line.toServer;
    }

    /// One connection.
    public static final class Line {
        private final List<String> asked = new ArrayList<>();
        private final Deque<Runnable> way = new ArrayDeque<>();
        private SocketSession server;
        private SocketSession client;
        private boolean draining;
        private boolean open = true;
        private final End toServer = new End(text -> {
            asked.add(text);
            server.text(text);
        });
        private final End toClient = new End(text -> client.text(text));

        /// What the client said since the last call.
        public List<String> asked() {
            List<String> copy = List.copyOf(asked);
            asked.clear();
            return copy;
        }

        /// Speaks for the relay.
        public void say(String text) {
            toClient.send(text);
        }

        /// The connection breaks.
        public void cut() {
            if (open) {
                open = false;
                server.closed(1006, "");
                client.closed(1006, "");
            }
        }

        private void drain() {
            if (draining || client == null) {
                return;
            }
            draining = true;
            try {
                for (Runnable next = way.poll(); next != null; next = way.poll()) {
                    next.run();
                }
            } finally {
                draining = false;
            }
        }

        private final class End implements SocketPeer {
            private final java.util.function.Consumer<String> deliver;

            private End(java.util.function.Consumer<String> deliver) {
                this.deliver = deliver;
            }

            @Override
            public void send(String text) {
                if (open) {
                    way.add(() -> {
                        if (open) {
                            deliver.accept(text);
                        }
                    });
                    drain();
                }
            }

            @Override
            public void send(byte[] bytes) {
                throw new AssertionError("nobody sends bytes on Nostr");
            }

            @Override
            public long pending() {
                return 0;
            }

            @Override
            public void close(int code, String reason) {
                cut();
            }
        }
    }
}
