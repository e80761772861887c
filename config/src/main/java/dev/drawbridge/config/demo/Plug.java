package dev.drawbridge.config.demo;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// The cable between one shore and the bridge. While it is pulled the shore answers nobody, and its person writes on.
final class Plug {
    private static final int TRY_AGAIN_LATER = 1013;
    private final AtomicBoolean pulled = new AtomicBoolean();
    private final Set<SocketPeer> open = ConcurrentHashMap.newKeySet();

    boolean pulled() {
        return pulled.get();
    }

    /// Pulls it, or puts it back.
    void pulled(boolean now) {
        pulled.set(now);
        if (now) {
            open.forEach(peer -> peer.close(TRY_AGAIN_LATER, "the plug is pulled"));
        }
    }

    /// The endpoint as it answers through the cable.
    Endpoint through(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Http http ->
                new Endpoint.Http(
                        http.method(), http.path(), http.maxBody(), http.when(), call -> answer(http.handler(), call));
            case Endpoint.Socket socket ->
                new Endpoint.Socket(
                        socket.path(), socket.maxMessage(), (handshake, peer) -> open(socket, handshake, peer));
        };
    }

    private HttpReply answer(Endpoint.Handler handler, HttpCall call) {
        return pulled() ? HttpReply.text(503, "the plug is pulled\n").with("retry-after", "1") : handler.handle(call);
    }

    private SocketSession open(Endpoint.Socket socket, HttpCall handshake, SocketPeer peer) {
        open.add(peer);
        SocketSession session = socket.handler().open(handshake, peer);
        if (pulled()) {
            peer.close(TRY_AGAIN_LATER, "the plug is pulled");
        }
        return new SocketSession() {
            @Override
            public void text(String message) {
                if (!pulled()) {
                    session.text(message);
                }
            }

            @Override
            public void binary(byte[] message) {
                if (!pulled()) {
                    session.binary(message);
                }
            }

            @Override
            public void closed(int code, String reason) {
                open.remove(peer);
                session.closed(code, reason);
            }
        };
    }
}
