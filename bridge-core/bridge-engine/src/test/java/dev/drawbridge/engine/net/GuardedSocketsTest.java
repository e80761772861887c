package dev.drawbridge.engine.net;

import static dev.drawbridge.engine.net.SocketServer.serving;
import static dev.drawbridge.engine.net.SocketServer.ws;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GuardedSocketsTest {
    private static final SocketTiming TIMING = new SocketTiming(
            Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofMillis(300));

    private final NetSettings settings = NetSettings.of(true, "Drawbridge/test");
    private final GuardedSockets sockets = new GuardedSockets(settings, AddressGuard.of(true), Tls.standard(), TIMING);
    private final SessionLog log = new SessionLog();

    @AfterEach
    void close() {
        sockets.close();
    }

    @Test
    void messagesGoBothWaysInOrder() throws Exception {
        try (var server = serving(frames -> {
            while (true) {
                var frame = frames.read();
                if (frame.opcode() < Frames.CLOSE) {
                    frames.write(frame.opcode(), frame.last(), frame.payload());
                }
            }
        })) {
            SocketPeer peer = sockets.connect(server.uri(), 100_000, log::session);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                if (i % 3 == 0) {
                    peer.send(("b" + i).getBytes());
                    expected.add("binary b" + i);
                } else {
                    peer.send("t" + i + "é🦊");
                    expected.add("text t" + i + "é🦊");
                }
            }
            peer.send("x".repeat(70_000));
            assertThat(log.take(500)).isEqualTo(expected);
            assertThat(log.next()).isEqualTo("text " + "x".repeat(70_000));
            assertThat(log.overlaps).hasValue(0);
            // the last answer may be here before the writer has noticed that its message is gone
            while (peer.pending() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aServerThatDoesNotLetUsConnectIsQuoted() throws Exception {
        try (var server = new RawServer(
                (head, in, out) -> out.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes()))) {
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> sockets.connect(ws(server), 100, log::session))
                    .withMessageContaining("answered 400")
                    .satisfies(e -> assertThat(e.status()).contains(400))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
        }
    }

    @Test
    void putsMessagesTogetherAndAnswersPings() throws Exception {
        var pongs = new LinkedBlockingQueue<String>();
        try (var server = serving(frames -> {
            frames.write(Frames.TEXT, false, "one ".getBytes());
            frames.write(Frames.PING, true, "are you there".getBytes());
            frames.write(0, false, new byte[0]);
            frames.write(0, true, "message".getBytes());
            frames.write(Frames.BINARY, false, "by".getBytes());
            frames.write(0, true, "tes".getBytes());
            while (true) {
                var frame = frames.read();
                if (frame.opcode() == Frames.PONG) {
                    pongs.add(frame.text());
                }
            }
        })) {
            sockets.connect(server.uri(), 11, log::session);
            assertThat(log.next()).isEqualTo("text one message");
            assertThat(log.next()).isEqualTo("binary bytes");
            assertThat(pongs.poll(10, TimeUnit.SECONDS)).isEqualTo("are you there");
        }
    }

    @Test
    void aMessageThatIsTooLongClosesBeforeItIsWhole() throws Exception {
        for (int opcode : new int[] {Frames.TEXT, Frames.BINARY}) {
            var said = new LinkedBlockingQueue<Integer>();
            try (var server = serving(frames -> {
                frames.write(opcode, true, "0123456789".getBytes());
                frames.write(opcode, false, "0123456789".getBytes());
                frames.write(0, false, "x".getBytes());
                said.add(frames.read().code());
            })) {
                sockets.connect(server.uri(), 10, log::session);
                assertThat(log.next()).endsWith("0123456789");
                assertThat(log.next()).isEqualTo("closed 1009 message of more than 10 bytes");
                // The JDK's client cannot say 1009.
                assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo(1008);
            }
        }
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void theLimitCountsBytesNotLetters() throws Exception {
        try (var server = serving(frames -> {
            frames.text("é€🦊");
            frames.text("é€🦊!");
            frames.read();
        })) {
            sockets.connect(server.uri(), 9, log::session);
            assertThat(log.next()).isEqualTo("text é€🦊");
            assertThat(log.next()).startsWith("closed 1009");
        }
    }

    @Test
    void hearsWhyTheOtherSideClosedAndSaysGoodbye() throws Exception {
        var answer = new LinkedBlockingQueue<Integer>();
        try (var server = serving(frames -> {
            frames.text("bye");
            frames.close(4000, "shutting down");
            answer.add(frames.read().opcode());
        })) {
            SocketPeer peer = sockets.connect(server.uri(), 100, log::session);
            assertThat(log.take(2)).containsExactly("text bye", "closed 4000 shutting down");
            assertThat(answer.poll(10, TimeUnit.SECONDS)).isEqualTo(Frames.CLOSE);
            peer.send("nobody hears this");
            assertThat(peer.pending()).isZero();
        }
    }

    @Test
    void closesAfterWhatIsQueued() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        try (var server = serving(frames -> {
            for (int i = 0; i < 101; i++) {
                var frame = frames.read();
                heard.add(frame.opcode() == Frames.CLOSE ? "close " + frame.code() : frame.text());
            }
            frames.close(1000, "");
        })) {
            SocketPeer peer = sockets.connect(server.uri(), 100, log::session);
            IntStream.range(0, 100).forEach(i -> peer.send("m" + i));
            peer.close(1000, "done");
            peer.close(1001, "again");
            peer.send("too late");
            assertThat(log.next()).startsWith("closed 1000");
            assertThat(heard).hasSize(101).endsWith("m99", "close 1000");
        }
    }

    @Test
    void aCloseThatIsNotAnsweredIsOverAllTheSame() throws Exception {
        try (var server = serving(frames -> {
            while (true) {
                frames.read();
            }
        })) {
            sockets.connect(server.uri(), 100, log::session).close(1000, "x".repeat(500));
            assertThat(log.next()).startsWith("closed 1000 xxx");
        }
    }

    @Test
    void aBrokenConnectionIsSaidOnce() throws Exception {
        try (var server = serving(frames -> frames.write(Frames.TEXT, false, "half".getBytes()))) {
            sockets.connect(server.uri(), 100, log::session);
            assertThat(log.next()).startsWith("closed 1006");
        }
        try (var server = serving(frames -> frames.write(3, true, "no such opcode".getBytes()))) {
            sockets.connect(server.uri(), 100, log::session);
            assertThat(log.next()).startsWith("closed 1006");
        }
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void asksASilentPeerAndGivesUpWithoutAnAnswer() throws Exception {
        var pings = new AtomicInteger();
        try (var silent = serving(frames -> {
                    while (true) {
                        pings.addAndGet(frames.read().opcode() == Frames.PING ? 1 : 0);
                    }
                });
                var alive = serving(frames -> {
                    for (int i = 0; i < 5; i++) {
                        if (frames.read().opcode() == Frames.PING) {
                            frames.write(Frames.PONG, true, new byte[0]);
                        }
                    }
                    frames.text("still here");
                    frames.read();
                })) {
            sockets.connect(silent.uri(), 100, log::session);
            assertThat(log.next()).startsWith("closed 1006 no sign of life");
            assertThat(pings.get()).isBetween(1, 4);
            sockets.connect(alive.uri(), 100, log::session);
            assertThat(log.next()).isEqualTo("text still here");
        }
    }

    @Test
    void countsWhatASlowReaderLeavesAndLetsGoOfIt() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = serving(_ -> await(done))) {
            SocketPeer peer = sockets.connect(server.uri(), 100, log::session);
            byte[] message = new byte[1_000_000];
            IntStream.range(0, 40).forEach(_ -> peer.send(message));
            assertThat(peer.pending()).isGreaterThan(20_000_000);
            assertThat(log.next()).startsWith("closed 1006");
            assertThat(peer.pending()).isZero();
            done.countDown();
        }
    }

    @Test
    void aSessionThatFailsIsClosedWithAnError() throws Exception {
        var said = new LinkedBlockingQueue<Integer>();
        try (var server = serving(frames -> {
            frames.text("boom");
            said.add(frames.read().code());
            frames.close(1011, "");
        })) {
            sockets.connect(server.uri(), 100, peer -> new SocketSession() {
                @Override
                public void text(String message) {
                    throw new IllegalStateException(message);
                }

                @Override
                public void closed(int code, String reason) {
                    log.events.add("closed " + code);
                }
            });
            assertThat(log.next()).isEqualTo("closed 1011");
            assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo(1011);
            assertThatIllegalStateException()
                    .isThrownBy(() -> sockets.connect(server.uri(), 100, _ -> {
                        throw new IllegalStateException("no session");
                    }));
        }
    }

    @Test
    void aSessionMayAnswerFromWithinItsCalls() throws Exception {
        try (var server = serving(frames -> {
            frames.text("question");
            assertThat(frames.read().text()).isEqualTo("answer to question");
            frames.close(1000, "thanks");
            frames.read();
        })) {
            sockets.connect(server.uri(), 100, peer -> new SocketSession() {
                @Override
                public void text(String message) {
                    peer.send("answer to " + message);
                }

                @Override
                public void closed(int code, String reason) {
                    peer.close(1000, "");
                    log.events.add("closed " + code + ' ' + reason);
                }
            });
            assertThat(log.next()).isEqualTo("closed 1000 thanks");
        }
    }

    @Test
    void saysWhyThereIsNoConnection() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        fails(sockets, URI.create("ws://127.0.0.1:" + free + "/"), Failure.UNREACHABLE);
        fails(sockets, URI.create("http://127.0.0.1:" + free + "/"), Failure.FORBIDDEN_ADDRESS);
        try (var silent = new RawServer((_, in, _) -> in.read());
                var page = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var moved = RawServer.saying("HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n");
                var cut = new RawServer((_, _, _) -> {})) {
            fails(sockets, ws(silent), Failure.TIMEOUT);
            fails(sockets, ws(page), Failure.UNREACHABLE);
            fails(sockets, ws(moved), Failure.UNREACHABLE);
            fails(sockets, ws(cut), Failure.UNREACHABLE);
        }
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void isGuardedLikeHttp() throws Exception {
        try (var server = new RawServer((_, _, _) -> {});
                var strict = new GuardedSockets(NetSettings.of(false, "x"));
                var named = new GuardedSockets(
                        settings,
                        new AddressGuard(this::lookUp, InetAddress::isLoopbackAddress, true),
                        Tls.standard(),
                        TIMING)) {
            fails(strict, ws(server), Failure.FORBIDDEN_ADDRESS);
            fails(strict, URI.create("wss://127.0.0.1:" + server.port() + "/"), Failure.FORBIDDEN_ADDRESS);
            fails(strict, URI.create("wss://localhost:" + server.port() + "/"), Failure.FORBIDDEN_ADDRESS);
            fails(named, URI.create("ws://mixed.example:" + server.port() + "/"), Failure.FORBIDDEN_ADDRESS);
            fails(named, URI.create("ws://unknown.example:" + server.port() + "/"), Failure.UNKNOWN_HOST);
            assertThat(server.connections).hasValue(0);
        }
    }

    @Test
    void aCertificateNobodyKnowsIsRefused(@TempDir Path folder) throws Exception {
        var secure = TestTls.server(TestTls.context(folder));
        secure.start();
        try {
            fails(sockets, URI.create("wss://127.0.0.1:" + secure.getAddress().getPort() + "/"), Failure.TLS);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void closingAllSaysGoodbyeToEverybody() throws Exception {
        var goodbyes = new LinkedBlockingQueue<Integer>();
        try (var server = serving(frames -> {
            goodbyes.add(frames.read().code());
            frames.close(1001, "");
        })) {
            sockets.connect(server.uri(), 100, log::session);
            sockets.connect(server.uri(), 100, log::session);
            sockets.close();
            assertThat(log.next()).startsWith("closed 1001");
            assertThat(log.next()).startsWith("closed 1001");
            assertThat(goodbyes).containsExactly(1001, 1001);
        }
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        if (host.equals("mixed.example")) {
            return new InetAddress[] {InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1")};
        }
        throw new UnknownHostException(host);
    }

    private void fails(GuardedSockets client, URI uri, Failure failure) {
        assertThatExceptionOfType(OutboundException.class)
                .as(uri.toString())
                .isThrownBy(() -> client.connect(uri, 100, log::session))
                .satisfies(e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
