package dev.drawbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What loads and what is loaded, against one another.
@Timeout(60)
class LoadTest {
    @Test
    void theSinkCountsEveryPostOfEveryConnection() throws IOException {
        try (var sink = new Sink(3)) {
            List<URI> inboxes = sink.inboxes(7);
            assertThat(new HashSet<>(inboxes)).hasSize(7);
            assertThat(inboxes.stream().map(URI::getPort).distinct()).hasSize(3);
            for (URI inbox : inboxes) {
                try (var connection = new KeepAlive(inbox)) {
                    byte[] post = KeepAlive.post(inbox, Map.of("date", "today"), bytes("{\"type\":\"Create\"}"));
                    assertThat(connection.send(post)).isEqualTo(202);
                    assertThat(connection.send(post)).isEqualTo(202);
                }
            }
            sink.await(14, Duration.ZERO);
            assertThat(sink.taken()).isEqualTo(14);
            assertThatIllegalStateException()
                    .isThrownBy(() -> sink.await(15, Duration.ZERO))
                    .withMessageContaining("14 of 15");
        }
    }

    @Test
    void aKeptConnectionUnderstandsEveryKindOfAnswer() throws IOException {
        var bodies = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/closes")) {
                exchange.getResponseHeaders().add("connection", "close");
            }
            // no length means chunks
            exchange.sendResponseHeaders(path.equals("/refuses") ? 401 : 202, path.equals("/chunked") ? 0 : 5);
            exchange.getResponseBody().write(bytes("12345"));
            exchange.close();
        });
        server.start();
        URI base = URI.create("http://localhost:" + server.getAddress().getPort());
        try (var connection = new KeepAlive(base)) {
            for (String path : List.of("/plain", "/chunked", "/closes", "/refuses", "/plain")) {
                assertThat(connection.send(KeepAlive.post(base.resolve(path), Map.of(), bytes(path))))
                        .isEqualTo(path.equals("/refuses") ? 401 : 202);
            }
        } finally {
            server.stop(0);
        }
        assertThat(bodies).containsExactly("/plain", "/chunked", "/closes", "/refuses", "/plain");
    }

    @Test
    void everySignedPostIsSentOnceAndRefusalsAreCounted() throws IOException {
        var bodies = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(body);
            exchange.sendResponseHeaders(body.contains("bench-3-end") ? 503 : 202, -1);
            exchange.close();
        });
        server.start();
        URI inbox = URI.create("http://localhost:" + server.getAddress().getPort() + "/inbox");
        try (var load = new InboxLoad(2)) {
            var result = InboxLoad.send(load.prepare(20, inbox), inbox, 4);
            assertThat(result.posts()).isEqualTo(20);
            assertThat(result.refused()).isEqualTo(1);
            assertThat(load.prepare(1, inbox).getFirst()).asString().contains("bench-20-end");
        } finally {
            server.stop(0);
        }
        assertThat(bodies).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void theKernelSaysWhatThisProcessUsed() {
        var use = new ProcessUse(ProcessHandle.current().pid());
        double before = use.cpuSeconds();
        long sum = 0;
        while (use.cpuSeconds() < before + 0.05) {
            sum += Stream.iterate(1L, i -> i + 1)
                    .limit(100_000)
                    .mapToLong(i -> i)
                    .sum();
        }
        assertThat(sum).isPositive();
        assertThat(use.residentMiB()).isBetween(10.0, 10_000.0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
