package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// WebSockets behind a real web server, opened by a real client.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SocketMountTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Connector> connectors = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private TestServer server;

    /// What the connector's side of one connection saw.
    private static final class Connector {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        final CompletableFuture<SocketPeer> peer = new CompletableFuture<>();

        String heard() throws InterruptedException {
            return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
        }
    }

    /// Writes down what it hears, echoes it, and notices calls that overlap.
    private static final class Echo implements SocketSession {
        private final SocketPeer peer;
        private final BlockingQueue<String> heard;
        private final AtomicInteger inside = new AtomicInteger();

        Echo(SocketPeer peer, BlockingQueue<String> heard) {
            this.peer = peer;
            this.heard = heard;
        }

        @Override
        public void text(String message) {
            alone(() -> {
                switch (message) {
                    case "close me" -> peer.close(4001, "as you wish");
                    case "break" -> throw new IllegalStateException("ours");
                    default -> {
                        heard.add(message);
                        peer.send(message);
                    }
                }
            });
        }

        @Override
        public void binary(byte[] message) {
            alone(() -> peer.send(message));
        }

        @Override
        public void closed(int code, String reason) {
            alone(() -> heard.add("closed " + code));
        }

        private void alone(Runnable action) {
            if (inside.incrementAndGet() != 1) {
                heard.add("overlapping");
            }
            try {
                action.run();
            } finally {
                inside.decrementAndGet();
            }
        }
    }

    /// What the client hears: texts, sizes of binary messages, and how it ended.
    private static final class Client implements WebSocket.Listener {
        final BlockingQueue<String> got = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private int bytes;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                got.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                got.add(bytes + " bytes");
                bytes = 0;
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            got.add("pong of " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            got.add("closed " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            got.add("error " + error.getMessage());
        }

        String next() throws InterruptedException {
            return String.valueOf(got.poll(30, TimeUnit.SECONDS));
        }
    }

    @BeforeAll
    void start() {
        Endpoint.SocketHandler echo = (handshake, peer) -> {
            var connector = connector(handshake);
            connector.peer.complete(peer);
            return new Echo(peer, connector.heard);
        };
        server = TestServer.start(
                List.of(
                        Endpoint.Http.get("/", call -> HttpReply.text(200, "a page")),
                        new Endpoint.Socket("/", 100_000, echo),
                        new Endpoint.Socket("/xrpc/com.atproto.sync.subscribeRepos", 1_000, (handshake, peer) -> {
                            peer.send("from " + handshake.query("cursor").orElse("now"));
                            return new Echo(peer, connector(handshake).heard);
                        })),
                List.of());
    }

    @AfterAll
    void stop() {
        server.close();
        http.close();
    }

    private Connector connector(HttpCall handshake) {
        return connectors.computeIfAbsent(handshake.query("name").orElseThrow(), _ -> new Connector());
    }

    /// The connector's side of a client's connection.
    private Connector open(String path, WebSocket.Listener client, CompletableFuture<WebSocket> socket) {
        String name = "c" + connections.incrementAndGet();
        String address = server.uri(path).toString().substring(4) + (path.contains("?") ? "&" : "?") + "name=" + name;
        socket.complete(http.newWebSocketBuilder()
                .buildAsync(URI.create("ws" + address), client)
                .join());
        return connectors.computeIfAbsent(name, _ -> new Connector());
    }

    @Test
    void onePathServesAPageAndASocket() throws Exception {
        var page = http.send(HttpRequest.newBuilder(server.uri("/")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.body()).isEqualTo("a page");
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendText("hello é 🌉", true).join();
        assertThat(client.next()).isEqualTo("hello é 🌉");
        assertThat(connector.heard()).isEqualTo("hello é 🌉");
        socket.sendClose(1000, "").join();
        assertThat(client.next()).startsWith("closed 1000");
        assertThat(connector.heard()).isEqualTo("closed 1000");
    }

    @Test
    void theHandshakeReachesTheConnector() throws Exception {
        var client = new Client();
        var socket = new CompletableFuture<WebSocket>();
        open("/xrpc/com.atproto.sync.subscribeRepos?cursor=7", client, socket);
        assertThat(client.next()).isEqualTo("from 7");
        socket.join().abort();
    }

    @Test
    void aPathWithASocketAloneAsksForAnUpgrade() throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(server.uri("/xrpc/com.atproto.sync.subscribeRepos"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(426);
    }

    @Test
    void aSocketWhereNoneIsIsNotFound() {
        assertThatThrownBy(() -> open("/elsewhere", new Client(), new CompletableFuture<>()))
                .isInstanceOf(CompletionException.class);
    }

    @Test
    void messagesInPiecesArePutTogether() throws Exception {
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendText("a".repeat(40_000), false).join();
        socket.sendText("b".repeat(40_000), true).join();
        assertThat(client.next()).isEqualTo("a".repeat(40_000) + "b".repeat(40_000));
        socket.sendBinary(ByteBuffer.wrap(new byte[70_000]), false).join();
        socket.sendBinary(ByteBuffer.wrap(new byte[30_000]), true).join();
        assertThat(client.next()).isEqualTo("100000 bytes");
        socket.abort();
    }

    @Test
    void aMessageThatIsTooLongClosesWith1009() throws Exception {
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendText("é".repeat(50_001), true);
        assertThat(client.next()).startsWith("closed 1009");
        assertThat(connector.heard()).isEqualTo("closed 1009");
    }

    @Test
    void pingsAreAnswered() throws Exception {
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendPing(ByteBuffer.wrap(new byte[3])).join();
        assertThat(client.next()).isEqualTo("pong of 3");
        socket.abort();
    }

    @Test
    void theConnectorMayCloseFromWithinACall() throws Exception {
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendText("close me", true).join();
        assertThat(client.next()).isEqualTo("closed 4001 as you wish");
        assertThat(connector.heard()).isEqualTo("closed 4001");
    }

    @Test
    void ourOwnFailureClosesWith1011() throws Exception {
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendText("break", true).join();
        assertThat(client.next()).startsWith("closed 1011");
        assertThat(connector.heard()).isEqualTo("closed 1011");
    }

    @Test
    void aClientThatVanishesIsNoticed() throws Exception {
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", new Client(), opened);
        opened.join().abort();
        assertThat(connector.heard()).startsWith("closed ");
    }

    @Test
    void aReaderThatStopsReadingDelaysNobodyElse() throws Exception {
        var sleeper = new CompletableFuture<WebSocket>();
        var asleep = open(
                "/",
                new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket socket) {
                        // asks for nothing
                    }
                },
                sleeper);
        SocketPeer slow = asleep.peer.join();
        for (int i = 0; i < 40; i++) {
            slow.send(new byte[500_000]);
        }
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        socket.sendText("still here?", true).join();
        assertThat(client.next()).isEqualTo("still here?");
        assertThat(slow.pending()).isPositive();
        sleeper.join().abort();
        socket.abort();
    }

    @Test
    void manyMessagesFromManyThreadsArriveOnceEach() throws Exception {
        var client = new Client();
        var opened = new CompletableFuture<WebSocket>();
        var connector = open("/", client, opened);
        var socket = opened.join();
        SocketPeer peer = connector.peer.join();
        var threads = java.util.stream.IntStream.range(0, 8)
                .mapToObj(t -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 100; i++) {
                        peer.send(t + ":" + i);
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        var next = new int[8];
        for (int i = 0; i < 800; i++) {
            String[] message = client.next().split(":");
            assertThat(Integer.parseInt(message[1])).isEqualTo(next[Integer.parseInt(message[0])]++);
        }
        socket.abort();
    }
}
