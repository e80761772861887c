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
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A client in loopback mode and a server for it to talk to.
abstract class HttpFixture {
    static final Duration SHORT = Duration.ofMillis(300);

    final NetSettings settings = new NetSettings(true, "Drawbridge/test", 2, 20, Duration.ofSeconds(2));
    final GuardedHttp http = new GuardedHttp(settings);
    HttpServer server;

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

    static void fails(GuardedHttp client, Request request, Failure failure) {
        assertThatExceptionOfType(OutboundException.class)
                .as(request.uri().toString())
                .isThrownBy(() -> client.send(request))
                .satisfies(e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure));
    }

    static AddressGuard halfOpenGuard() {
        return new AddressGuard(
                host -> switch (host) {
                    case "127.0.0.1" -> new InetAddress[] {InetAddress.getLoopbackAddress()};
                    case "inside.example" -> new InetAddress[] {InetAddress.getByName("10.0.0.1")};
                    default -> throw new UnknownHostException(host);
                },
                InetAddress::isLoopbackAddress,
                true);
    }

    Answer get(String path, int redirects) {
        return http.send(
                new Request("GET", uri(path), Map.of(), new byte[0], 10_000, Duration.ofSeconds(5), redirects));
    }

    Answer post(String path) {
        return http.send(new Request(
                "POST", uri(path), Map.of("Content-Type", "a/b"), "body".getBytes(), 10_000, Duration.ofSeconds(5), 1));
    }

    Request request(String path, long maxBytes) {
        return new Request("GET", uri(path), Map.of(), new byte[0], maxBytes, Duration.ofSeconds(5), 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    void redirect(String path, int status, String to) {
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    void serve(String path, Map<String, String> headers, byte[] body) {
        server.createContext(path, exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    static void echo(HttpExchange exchange) throws IOException {
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

    static void hop(HttpExchange exchange) throws IOException {
        int left = Integer.parseInt(exchange.getRequestURI().getPath().substring("/hops/".length()));
        if (left > 0) {
            exchange.getResponseHeaders().add("Location", "/hops/" + (left - 1));
        }
        exchange.sendResponseHeaders(left > 0 ? 302 : 200, -1);
        exchange.close();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    /// What makes a slow server slow.
    static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
}
