package dev.drawbridge.model.port;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.URI;
import java.util.function.Function;

/// The one way out over WebSocket, guarded like [OutboundHttp].
public interface OutboundSockets {
    /// Connects, and keeps calling the session until either side closes. Never reconnects by itself.
    ///
    /// @param session made from the peer once the connection stands
    /// @param maxMessageBytes a longer message closes the connection with code 1009
    /// @return the peer to send to
    /// @throws OutboundHttp.OutboundException if no connection could be made
    SocketPeer connect(URI uri, long maxMessageBytes, Function<SocketPeer, SocketSession> session);
}
