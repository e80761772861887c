package dev.drawbridge.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardedHttpLimitsTest extends HttpFixture {
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
    void aSlowHostTakesOnlyItsOwnConnections() throws Exception {
        var taken = new AtomicInteger();
        var arrived = new CountDownLatch(2);
        var asked = new CountDownLatch(10);
        try (var slow = new RawServer((_, in, _) -> {
                    taken.incrementAndGet();
                    arrived.countDown();
                    in.read();
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                var request = new Request("GET", slow.uri("/"), Map.of(), new byte[0], 10, Duration.ofSeconds(30), 0);
                waiting.add(threads.submit(() -> {
                    asked.countDown();
                    fails(http, request, Failure.TIMEOUT);
                }));
            }
            asked.await();
            arrived.await();
            for (int i = 0; i < 10; i++) {
                assertThat(get("/echo", 0).status()).isEqualTo(200);
            }
            assertThat(taken).hasValue(2);
            threads.shutdownNow();
            for (Future<?> one : waiting) {
                one.get();
            }
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
}
