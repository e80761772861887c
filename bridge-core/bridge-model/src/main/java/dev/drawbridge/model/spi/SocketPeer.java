package dev.drawbridge.model.spi;

/// The other side of a WebSocket. Safe to use from any thread; messages leave in the order of the calls.
public interface SocketPeer {
    /// Queues a text message. Does nothing once closed.
    void send(String text);

    /// Queues a binary message. The array must not change afterwards. Does nothing once closed.
    void send(byte[] bytes);

    /// Bytes queued and not yet handed to the network: what a slow reader costs us.
    long pending();

    /// Closes after what is queued.
    ///
    /// @param code RFC 6455 §7.4
    void close(int code, String reason);
}
