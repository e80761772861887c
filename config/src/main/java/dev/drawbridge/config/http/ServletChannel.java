package dev.drawbridge.config.http;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The sending half of a server's WebSocket. Every call blocks until the network has taken the message.
final class ServletChannel implements QueuedPeer.Channel {
    private static final int LONGEST_REASON = 123;
    private final Session connection;

    ServletChannel(Session connection) {
        this.connection = connection;
    }

    @Override
    public void text(String message) throws IOException {
        connection.getBasicRemote().sendText(message);
    }

    @Override
    public void binary(byte[] message) throws IOException {
        connection.getBasicRemote().sendBinary(ByteBuffer.wrap(message));
    }

    @Override
    public void ping() throws IOException {
        connection.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void close(int code, String reason) throws IOException {
        connection.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), shorten(reason)));
    }

    /// A reason has at most 123 bytes (RFC 6455 §5.5).
    private static String shorten(String reason) {
        int end = Math.min(reason.length(), LONGEST_REASON);
        while (reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            end--;
        }
        return reason.substring(0, end);
    }
}
