package dev.drawbridge.engine.net;

import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// WebSockets ([RFC 6455](https://www.rfc-editor.org/rfc/rfc6455)) on the JDK's client.
///
/// That client resolves names by itself, so a name that changes its meaning between our check and its look-up could
/// lead it to a private address. It would then speak TLS to something that cannot show a certificate for that name,
/// and get no further; `ws://` is not allowed outside of tests.
public final class GuardedSockets implements OutboundSockets, AutoCloseable {
    private final AddressGuard guard;
    private final String userAgent;
    private final SocketTiming timing;
    private final HttpClient client;
    private final Set<SocketConnection> open = ConcurrentHashMap.newKeySet();

    public GuardedSockets(NetSettings settings) {
        this(settings, AddressGuard.of(settings.loopback()), Tls.standard(), SocketTiming.USUAL);
    }

    GuardedSockets(NetSettings settings, AddressGuard guard, SSLContext tls, SocketTiming timing) {
        this.guard = guard;
        this.userAgent = settings.userAgent();
        this.timing = timing;
        this.client = HttpClient.newBuilder()
                .executor(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("socket-out-", 0).factory()))
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.connectTimeout())
                .sslContext(tls)
                .build();
    }

    @Override
    public SocketPeer connect(URI uri, long maxMessageBytes, Function<SocketPeer, SocketSession> session) {
        try {
            guard.check(uri, "ws");
            guard.requireAllReachable(uri.getHost());
        } catch (IOException e) {
            throw Failures.of(uri, e);
        }
        var connection = new SocketConnection(maxMessageBytes, timing, session, open::remove);
        var handshake = client.newWebSocketBuilder()
                .connectTimeout(timing.handshake())
                .header("User-Agent", userAgent)
                .buildAsync(uri, connection);
        try {
            handshake.get();
        } catch (InterruptedException e) {
            handshake.cancel(true);
            connection.abandon();
            Thread.currentThread().interrupt();
            throw Failures.of(uri, Failure.TIMEOUT, "interrupted");
        } catch (ExecutionException e) {
            throw Failures.of(uri, Objects.requireNonNull(e.getCause()));
        }
        connection.opened(open::add);
        return connection;
    }

    /// Closes everything that is open.
    @Override
    public void close() {
        open.forEach(connection -> connection.close(1001, "going away"));
        open.forEach(SocketConnection::awaitEnd);
        client.shutdownNow();
        guard.close();
    }
}
