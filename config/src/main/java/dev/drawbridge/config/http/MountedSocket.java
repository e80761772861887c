package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.SocketSession;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket between the server's callbacks and a connector's session.
///
/// Messages are put together here and not by the server, which would set aside the largest size for each connection.
final class MountedSocket extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(MountedSocket.class);
    private static final int TOO_BIG = 1009;
    private static final int FAILED = 1011;

    private final EndpointTable.Found<dev.drawbridge.model.spi.Endpoint.Socket> found;
    private final SocketMount.Limits limits;
    private final Set<MountedSocket> open;
    private final SerialCalls calls = new SerialCalls();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private long size;
    private volatile boolean refusing;
    private volatile @Nullable QueuedPeer peer;
    private @Nullable SocketSession session;

    MountedSocket(
            EndpointTable.Found<dev.drawbridge.model.spi.Endpoint.Socket> found,
            SocketMount.Limits limits,
            Set<MountedSocket> open) {
        this.found = found;
        this.limits = limits;
        this.open = open;
    }

    @Override
    public void onOpen(Session connection, EndpointConfig config) {
        var properties = connection.getUserProperties();
        Duration stall = found.endpoint().stall().orElse(Duration.ZERO);
        properties.put(
                "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT",
                longer(limits.sendTimeout(), stall).toMillis());
        properties.put(
                "org.apache.tomcat.websocket.READ_IDLE_TIMEOUT_MS",
                longer(limits.pingEvery().multipliedBy(3), stall).toMillis());
        var opened = new QueuedPeer(new ServletChannel(connection), limits.maxPending());
        peer = opened;
        open.add(this);
        calls.run(() -> open(opened));
        connection.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::text);
        connection.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) this::binary);
    }

    private static Duration longer(Duration usual, Duration asked) {
        return usual.compareTo(asked) > 0 ? usual : asked;
    }

    private void open(QueuedPeer opened) {
        try {
            session = found.endpoint().handler().open(found.call(), opened);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void text(String part, boolean last) {
        if (!fits(Utf8.length(part))) {
            return;
        }
        text.append(part);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            size = 0;
            call(s -> s.text(message));
        }
    }

    private void binary(byte[] part, boolean last) {
        if (!fits(part.length)) {
            return;
        }
        binary.writeBytes(part);
        if (last) {
            byte[] message = binary.toByteArray();
            binary.reset();
            size = 0;
            call(s -> s.binary(message));
        }
    }

    /// Counts before it keeps. Once a message was too long, the rest of the connection is read and dropped.
    private boolean fits(long more) {
        if (refusing) {
            return false;
        }
        size += more;
        if (size <= found.endpoint().maxMessage()) {
            return true;
        }
        refusing = true;
        text.setLength(0);
        text.trimToSize();
        LOG.info(
                "closed a socket of {} at {}: a message longer than {} bytes",
                found.call().remote(),
                found.endpoint().path(),
                found.endpoint().maxMessage());
        close(TOO_BIG, "longer than " + found.endpoint().maxMessage() + " bytes");
        return false;
    }

    private void call(java.util.function.Consumer<SocketSession> action) {
        calls.run(() -> {
            if (session == null || refusing) {
                return;
            }
            try {
                action.accept(session);
            } catch (RuntimeException e) {
                failed(e);
            }
        });
    }

    private void failed(RuntimeException e) {
        LOG.error("the socket at {} failed", found.endpoint().path(), e);
        refusing = true;
        close(FAILED, "something went wrong here");
    }

    @Override
    public void onClose(Session connection, CloseReason reason) {
        open.remove(this);
        if (peer != null) {
            peer.gone();
        }
        calls.run(() -> {
            if (session != null) {
                var ended = session;
                session = null;
                closed(ended, reason);
            }
        });
    }

    private void closed(SocketSession ended, CloseReason reason) {
        try {
            String words = reason.getReasonPhrase();
            ended.closed(reason.getCloseCode().getCode(), words == null ? "" : words);
        } catch (RuntimeException e) {
            LOG.error("the socket at {} failed while closing", found.endpoint().path(), e);
        }
    }

    /// The server closes by itself after this.
    @Override
    public void onError(Session connection, Throwable cause) {
        LOG.debug("socket of {} broke: {}", found.call().remote(), cause.toString());
    }

    void ping() {
        if (peer != null) {
            peer.ping();
        }
    }

    void close(int code, String reason) {
        if (peer != null) {
            peer.close(code, reason);
        }
    }
}
