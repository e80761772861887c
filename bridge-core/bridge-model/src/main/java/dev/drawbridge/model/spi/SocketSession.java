package dev.drawbridge.model.spi;

/// What a connector does with one WebSocket. Calls for one session never overlap.
public interface SocketSession {
    void text(String message);

    default void binary(byte[] message) {}

    /// The connection is gone, by whichever side. Called once, last.
    void closed(int code, String reason);
}
