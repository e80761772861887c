package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns handshakes into sessions, keeps idle connections alive with pings and says goodbye at the end.
public final class SocketMount implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketMount.class);

    /// @param maxPending bytes a reader may be behind before it is cut off
    /// @param sendTimeout how long one message may take to reach the network
    /// @param pingEvery between pings; a client that says nothing for three times as long is gone
    public record Limits(long maxPending, Duration sendTimeout, Duration pingEvery) {
        public static final Limits DEFAULT = new Limits(32L << 20, Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    private final Limits limits;
    private final Set<MountedSocket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("socket-pings").factory());

    public SocketMount(Limits limits) {
        this.limits = limits;
        long every = limits.pingEvery().toMillis();
        pings.scheduleAtFixedRate(() -> open.forEach(MountedSocket::ping), every, every, TimeUnit.MILLISECONDS);
    }

    static boolean isHandshake(HttpCall call) {
        return call.method().equals("GET")
                && call.header("upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
    }

    void upgrade(EndpointTable.Found<Endpoint.Socket> found, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var container = (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
        var socket = new MountedSocket(found, limits, open);
        var config = ServerEndpointConfig.Builder.create(
                        MountedSocket.class, found.endpoint().path())
                .configurator(new Single(socket))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (jakarta.websocket.DeploymentException e) {
            LOG.error("{} cannot be opened", found.endpoint().path(), e);
            HttpMount.write(PlainAnswers.of(500), false, response);
        }
    }

    /// How many sockets are open.
    public int size() {
        return open.size();
    }

    /// Tells every client that the instance goes away (RFC 6455, code 1001).
    @Override
    public void close() {
        pings.shutdownNow();
        open.forEach(socket -> socket.close(1001, "the instance is stopping"));
    }

    /// One handshake, one endpoint. No extensions: compressed messages would be unpacked before they can be measured.
    private static final class Single extends ServerEndpointConfig.Configurator {
        private final MountedSocket socket;

        Single(MountedSocket socket) {
            this.socket = socket;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(socket);
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }
    }
}
