package dev.drawbridge.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GuardedHttpTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final NetSettings settings = new NetSettings(true, "Drawbridge/test", 2, 20, Duration.ofSeconds(2));
    private final GuardedHttp http = new GuardedHttp(settings);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", GuardedHttpTest::echo);
        server.createContext("/hops/", GuardedHttpTest::hop);
        server.start();
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    @Test
    void sendsWhatItIsGivenAndReturnsWhatCameBack() {
        Answer answer = http.send(Request.post(
                uri("/echo?q=%2F&a=b"),
                Map.of("Content-Type", "application/activity+json", "X-One", "1"),
                "hällo".getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.uri()).isEqualTo(uri("/echo?q=%2F&a=b"));
        assertThat(answer.header("x-echo")).contains("yes");
        assertThat(text(answer))
                .startsWith("POST /echo?q=%2F&a=b\n")
                .contains("\ncontent-type: application/activity+json\n")
                .contains("\nx-one: 1\n")
                .contains("\nuser-agent: Drawbridge/test\n")
                .contains("\nhost: 127.0.0.1:" + server.getAddress().getPort() + "\n")
                .contains("\ncontent-length: 6\n")
                .doesNotContain("upgrade")
                .endsWith("\nhällo");
    }

    @Test
    void keepsAHostAndUserAgentThatWereSigned() {
        Answer answer = http.send(Request.get(
                uri("/echo"), Map.of("Host", "signed.example", "User-Agent", "other", "Content-Length", "7")));
        assertThat(text(answer))
                .containsOnlyOnce("host: ")
                .contains("\nhost: signed.example\n")
                .containsOnlyOnce("user-agent: ")
                .contains("\nuser-agent: other\n")
                .doesNotContain("content-length");
    }

    @Test
    void followsRedirectsAsFarAsAllowedAndNoFarther() {
        assertThat(get("/hops/3", 3).status()).isEqualTo(200);
        Answer stopped = get("/hops/3", 2);
        assertThat(stopped.status()).isEqualTo(302);
        assertThat(stopped.uri()).isEqualTo(uri("/hops/1"));
        assertThat(get("/hops/1", 0).header("location")).contains("/hops/0");
    }

    @Test
    void aRedirectedPostBecomesAGetUnlessToldOtherwise() {
        redirect("/see-other", 303, "/echo");
        redirect("/same-again", 307, "/echo");
        assertThat(text(post("/see-other")))
                .startsWith("GET /echo\n")
                .doesNotContain("content-type")
                .doesNotContain("body");
        assertThat(text(post("/same-again"))).startsWith("POST /echo\n").endsWith("\nbody");
    }

    @Test
    void secretsDoNotFollowARedirectToAnotherHost() {
        redirect("/away", 302, "http://localhost:" + server.getAddress().getPort() + "/echo");
        redirect("/here", 302, "/echo");
        var secrets = Map.of("Authorization", "Bearer x", "Signature", "s", "Cookie", "c=1", "Accept", "a/b");
        assertThat(text(http.send(
                        new Request("GET", uri("/away"), secrets, new byte[0], 9999, SHORT.multipliedBy(20), 1))))
                .contains("accept: a/b")
                .doesNotContain("authorization", "signature", "cookie");
        assertThat(text(http.send(
                        new Request("GET", uri("/here"), secrets, new byte[0], 9999, SHORT.multipliedBy(20), 1))))
                .contains("authorization", "signature", "cookie");
    }

    @Test
    void aBrokenRedirectIsTheAnswer() throws IOException {
        redirect("/nowhere", 302, "http://[broken/");
        assertThat(get("/nowhere", 3).status()).isEqualTo(302);
        try (var raw = RawServer.saying("HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(http.send(Request.get(raw.uri("/"), Map.of())).status()).isEqualTo(301);
        }
    }

    @Test
    void aRedirectToAPrivateAddressOrAnotherSchemeIsRefused() {
        int port = server.getAddress().getPort();
        redirect("/private", 302, "http://inside.example:" + port + "/echo");
        redirect("/file", 302, "file:///etc/passwd");
        redirect("/port", 302, "http://127.0.0.1:22/");
        try (var guarded = new GuardedHttp(settings, halfOpenGuard(), Tls.standard())) {
            assertThat(guarded.send(Request.get(uri("/echo"), Map.of())).status())
                    .isEqualTo(200);
            for (String path : List.of("/private", "/file", "/port")) {
                fails(guarded, Request.get(uri(path), Map.of()), Failure.FORBIDDEN_ADDRESS);
            }
        }
    }

    @Test
    void outsideOfTestsNeitherPlainTextNorPrivateAddressesAreTried() throws IOException {
        try (var strict = new GuardedHttp(NetSettings.of(false, "x"));
                var raw = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            fails(strict, Request.get(raw.uri("/"), Map.of()), Failure.FORBIDDEN_ADDRESS);
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1.")) {
                URI uri = URI.create("https://" + host + ":" + raw.port() + "/");
                var thrown = assertThatExceptionOfType(OutboundException.class)
                        .isThrownBy(() -> strict.send(Request.get(uri, Map.of())))
                        .actual();
                assertThat(thrown.failure()).isIn(Failure.FORBIDDEN_ADDRESS, Failure.UNKNOWN_HOST);
            }
            assertThat(raw.connections).hasValue(0);
        }
    }

    @Test
    void encryptionIsCheckedAndNeverGivenUp(@TempDir Path folder) throws Exception {
        var tls = TestTls.context(folder);
        var secure = TestTls.server(tls);
        secure.createContext("/echo", GuardedHttpTest::echo);
        secure.createContext("/down", exchange -> {
            exchange.getResponseHeaders().add("Location", uri("/echo").toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        secure.start();
        URI base = URI.create("https://127.0.0.1:" + secure.getAddress().getPort());
        try (var trusting = new GuardedHttp(settings, AddressGuard.of(true), tls)) {
            assertThat(trusting.send(Request.get(base.resolve("/echo"), Map.of()))
                            .status())
                    .isEqualTo(200);
            fails(trusting, Request.get(base.resolve("/down"), Map.of()), Failure.FORBIDDEN_ADDRESS);
            fails(http, Request.get(base.resolve("/echo"), Map.of()), Failure.TLS);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void tooLargeIsAnErrorAndNeverReadToItsEnd() throws IOException {
        byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (var announced = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\nabc");
                var endless = new RawServer((_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
                    while (true) {
                        out.write(chunk);
                    }
                });
                var untilClosed = new RawServer((_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
                    while (true) {
                        out.write(chunk);
                    }
                });
                var headers = new RawServer((_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes());
                    while (true) {
                        out.write("X-More: and more\r\n".getBytes());
                    }
                });
                var line = new RawServer((_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes());
                    while (true) {
                        out.write(chunk, 5, 1024);
                    }
                })) {
            for (RawServer raw : List.of(announced, endless, untilClosed, headers, line)) {
                // More often than there are connections to the host: each one has to come back.
                for (int i = 0; i < 5; i++) {
                    fails(http, Request.get(raw.uri("/"), Map.of()), Failure.TOO_LARGE);
                }
            }
        }
    }

    @Test
    void theLimitItselfIsNotTooLarge() {
        serve("/ten", Map.of(), "0123456789".getBytes());
        assertThat(text(http.send(request("/ten", 10)))).isEqualTo("0123456789");
        fails(http, request("/ten", 9), Failure.TOO_LARGE);
    }

    @Test
    void unpacksGzipAndCountsWhatComesOut() throws IOException {
        byte[] zipped = gzip("zipped ".repeat(1000).getBytes());
        serve("/zip", Map.of("Content-Encoding", "gzip", "X-Other", "y"), zipped);
        serve("/bomb", Map.of("Content-Encoding", "gzip"), gzip(new byte[20_000_000]));
        serve("/empty", Map.of("Content-Encoding", "gzip"), new byte[0]);
        serve("/plain", Map.of("Content-Encoding", "gzip"), "not gzip at all".getBytes());
        serve("/cut", Map.of("Content-Encoding", "gzip"), java.util.Arrays.copyOf(zipped, zipped.length / 2));
        Answer answer = http.send(request("/zip", 7000));
        assertThat(text(answer)).isEqualTo("zipped ".repeat(1000));
        assertThat(answer.headers())
                .doesNotContainKeys("content-encoding", "content-length")
                .containsKey("x-other");
        fails(http, request("/zip", 6999), Failure.TOO_LARGE);
        fails(http, request("/bomb", 1_000_000), Failure.TOO_LARGE);
        assertThat(http.send(request("/empty", 10)).body()).isEmpty();
        fails(http, request("/plain", 100), Failure.UNREACHABLE);
        fails(http, request("/cut", 100_000), Failure.UNREACHABLE);
    }

    @Test
    void theTimeOutHoldsForTheWholeExchange() throws IOException {
        byte[] drop = "x".getBytes();
        try (var silent = new RawServer((_, in, _) -> in.read());
                var body = new RawServer((_, in, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes());
                    in.read();
                });
                var drip = new RawServer((_, _, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n".getBytes());
                    while (true) {
                        out.write(drop);
                        out.flush();
                        pause();
                    }
                });
                var again = new RawServer((head, _, out) -> {
                    out.write("HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                            .getBytes());
                    pause();
                })) {
            for (RawServer raw : List.of(silent, body, drip)) {
                fails(
                        http,
                        new Request("GET", raw.uri("/"), Map.of(), new byte[0], 1_000_000, SHORT, 3),
                        Failure.TIMEOUT);
            }
            fails(
                    http,
                    new Request("GET", again.uri("/"), Map.of(), new byte[0], 1_000_000, SHORT, 1_000_000),
                    Failure.TIMEOUT);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() throws IOException {
        try (var early = new RawServer((_, _, _) -> {});
                var half = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                var chunk = RawServer.saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
                var nonsense = RawServer.saying("I am no web server\r\n\r\n")) {
            for (RawServer raw : List.of(early, half, chunk, nonsense)) {
                fails(http, Request.get(raw.uri("/"), Map.of()), Failure.UNREACHABLE);
            }
        }
    }

    @Test
    void saysWhyNobodyIsThere() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        fails(http, Request.get(URI.create("http://127.0.0.1:" + free + "/"), Map.of()), Failure.UNREACHABLE);
        try (var guarded = new GuardedHttp(settings, halfOpenGuard(), Tls.standard())) {
            fails(guarded, Request.get(URI.create("http://unknown.example/"), Map.of()), Failure.UNKNOWN_HOST);
        }
    }

    @Test
    void theQueryIsNotInTheMessage() {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> http.send(Request.get(URI.create("ftp://a.example/x?token=secret"), Map.of())))
                .withMessage("ftp://a.example/x: scheme 'ftp' is not allowed");
    }

    @Test
    void aSlowHostTakesOnlyItsOwnConnections() throws Exception {
        var busy = new AtomicInteger();
        var most = new AtomicInteger();
        var arrived = new CountDownLatch(2);
        try (var slow = new RawServer((_, in, _) -> {
                    most.accumulateAndGet(busy.incrementAndGet(), Math::max);
                    arrived.countDown();
                    in.read();
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                var request = new Request("GET", slow.uri("/"), Map.of(), new byte[0], 10, Duration.ofSeconds(2), 0);
                waiting.add(threads.submit(() -> fails(http, request, Failure.TIMEOUT)));
            }
            arrived.await();
            assertThat(get("/echo", 0).status()).isEqualTo(200);
            for (Future<?> one : waiting) {
                one.get();
            }
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        byte[] zipped = gzip("again".getBytes());
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (var raw = new RawServer((_, in, out) -> {
            do {
                out.write(head.getBytes());
                out.write((Integer.toHexString(zipped.length) + "\r\n").getBytes());
                out.write(zipped);
                out.write("\r\n0\r\n\r\n".getBytes());
            } while (!RawServer.head(in).isEmpty());
        })) {
            for (int i = 0; i < 5; i++) {
                assertThat(text(http.send(Request.get(raw.uri("/"), Map.of())))).isEqualTo("again");
            }
            assertThat(raw.connections).hasValue(1);
        }
    }

    @Test
    void aConnectionThatWasClosedBehindOurBackIsMadeAnewForQuestionsOnly() throws IOException {
        try (var raw = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
            for (int i = 0; i < 5; i++) {
                assertThat(text(http.send(Request.get(raw.uri("/"), Map.of())))).isEqualTo("ok");
            }
            assertThat(raw.connections).hasValue(5);
        }
        try (var mute = new RawServer((_, _, _) -> {})) {
            fails(http, Request.post(mute.uri("/"), Map.of(), new byte[] {1}), Failure.UNREACHABLE);
            assertThat(mute.connections).hasValue(1);
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        var started = new CountDownLatch(1);
        try (var raw = new RawServer((_, in, _) -> {
                    started.countDown();
                    in.read();
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var interrupted = threads.submit(() -> {
                fails(http, Request.get(raw.uri("/"), Map.of()), Failure.TIMEOUT);
                return Thread.currentThread().isInterrupted();
            });
            started.await();
            threads.shutdownNow();
            assertThat(interrupted.get()).isTrue();
        }
    }

    private static void fails(GuardedHttp client, Request request, Failure failure) {
        assertThatExceptionOfType(OutboundException.class)
                .as(request.uri().toString())
                .isThrownBy(() -> client.send(request))
                .satisfies(e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure));
    }

    private static AddressGuard halfOpenGuard() {
        return new AddressGuard(
                host -> switch (host) {
                    case "127.0.0.1" -> new InetAddress[] {InetAddress.getLoopbackAddress()};
                    case "inside.example" -> new InetAddress[] {InetAddress.getByName("10.0.0.1")};
                    default -> throw new UnknownHostException(host);
                },
                InetAddress::isLoopbackAddress,
                true);
    }

    private Answer get(String path, int redirects) {
        return http.send(
                new Request("GET", uri(path), Map.of(), new byte[0], 10_000, Duration.ofSeconds(5), redirects));
    }

    private Answer post(String path) {
        return http.send(new Request(
                "POST", uri(path), Map.of("Content-Type", "a/b"), "body".getBytes(), 10_000, Duration.ofSeconds(5), 1));
    }

    private Request request(String path, long maxBytes) {
        return new Request("GET", uri(path), Map.of(), new byte[0], maxBytes, Duration.ofSeconds(5), 0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    private void redirect(String path, int status, String to) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private void serve(String path, Map<String, String> headers, byte[] body) {
        server.createContext(path, exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static void echo(HttpExchange exchange) throws IOException {
        var said = new StringBuilder(exchange.getRequestMethod() + ' ' + exchange.getRequestURI() + '\n');
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> said.append(name.toLowerCase())
                        .append(": ")
                        .append(value)
                        .append('\n')));
        said.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = said.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Echo", "yes");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void hop(HttpExchange exchange) throws IOException {
        int left = Integer.parseInt(exchange.getRequestURI().getPath().substring("/hops/".length()));
        if (left > 0) {
            exchange.getResponseHeaders().add("Location", "/hops/" + (left - 1));
        }
        exchange.sendResponseHeaders(left > 0 ? 302 : 200, -1);
        exchange.close();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /// What makes a slow server slow.
    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
}
