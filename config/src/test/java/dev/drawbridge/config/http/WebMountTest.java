package dev.drawbridge.config.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Endpoints behind a real web server, asked by a real client.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebMountTest {
    @RestController
    static class Pages {
        @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
        String landing() {
            return "<h1>page</h1>";
        }

        @GetMapping("/page")
        String page() {
            return "page";
        }
    }

    private final BlockingQueue<HttpCall> calls = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private TestServer server;

    @BeforeAll
    void start() {
        server = TestServer.start(
                List.of(
                        Endpoint.Http.get("/", call -> HttpReply.of(200, "application/nostr+json", "{}"))
                                .when(call -> call.header("accept")
                                        .filter("application/nostr+json"::equals)
                                        .isPresent()),
                        Endpoint.Http.get("/ap/{actor}", this::echo),
                        Endpoint.Http.post("/ap/{actor}/inbox", 100_000, this::echo),
                        Endpoint.Http.get(
                                "/stream",
                                call -> HttpReply.stream(200, "application/x-lines", out -> {
                                    for (int i = 0; i < 100_000; i++) {
                                        out.write("0123456789\n".getBytes(StandardCharsets.US_ASCII));
                                    }
                                })),
                        Endpoint.Http.get("/broken", call -> {
                            throw new IllegalStateException("ours");
                        })),
                List.of("127.0.0.1"),
                Pages.class);
    }

    @AfterAll
    void stop() {
        server.close();
        client.close();
    }

    @BeforeEach
    void forget() {
        calls.clear();
    }

    private HttpReply echo(HttpCall call) {
        calls.add(call);
        return HttpReply.json(200, "{\"length\":" + call.body().length + "}").with("x-own", "yes");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRequestReachesItsEndpointAsAValue() throws Exception {
        var answer = send(request("/ap/al%2Fice?x=a%20b&x=c").header("Accept", "application/activity+json"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-own")).contains("yes");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        HttpCall call = calls.take();
        assertThat(call.path()).containsEntry("actor", "al/ice");
        assertThat(call.queryAll("x")).containsExactly("a b", "c");
        assertThat(call.header("accept")).contains("application/activity+json");
        assertThat(call.uri().getScheme()).isEqualTo("https");
        assertThat(call.uri().getRawPath()).isEqualTo("/ap/al%2Fice");
        assertThat(call.remote()).isEqualTo("127.0.0.1");
    }

    @Test
    void aTrustedProxySaysWhoAskedForWhat() throws Exception {
        send(request("/ap/a")
                .header("X-Forwarded-For", "6.6.6.6, 198.51.100.7, 127.0.0.1")
                .header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-Host", "ap.bridge.example"));
        HttpCall call = calls.take();
        assertThat(call.uri()).isEqualTo(URI.create("http://ap.bridge.example/ap/a"));
        assertThat(call.remote()).isEqualTo("198.51.100.7");
    }

    @Test
    void onePathServesAPageAndADocument() throws Exception {
        assertThat(send(request("/").header("Accept", "text/html")).body()).isEqualTo("<h1>page</h1>");
        assertThat(send(request("/").header("Accept", "application/nostr+json")).body())
                .isEqualTo("{}");
        assertThat(send(request("/page")).body()).isEqualTo("page");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        var answer = send(request("/ap/a").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("content-length")).contains("12");
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() throws Exception {
        var missing = send(request("/nothing/here"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("nothing here\n");
        assertThat(missing.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void aWrongMethodHearsWhichAreRight() throws Exception {
        var wrong = send(request("/ap/a").DELETE());
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS");
        var options = send(request("/ap/a/inbox").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("allow")).contains("OPTIONS, POST");
    }

    @Test
    void aBodyUpToTheLimitArrivesWhole() throws Exception {
        var answer = send(request("/ap/a/inbox").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000])));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(calls.take().body()).hasSize(100_000);
    }

    @Test
    void aLongBodyIsRefusedAndTheEndpointNeverHearsOfIt() throws Exception {
        byte[] ten = new byte[10_000_000];
        var announced = send(request("/ap/a/inbox").POST(HttpRequest.BodyPublishers.ofByteArray(ten)));
        assertThat(announced.statusCode()).isEqualTo(413);
        var chunked = send(request("/ap/a/inbox")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(ten))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(calls).isEmpty();
    }

    @Test
    void aBodyIsWrittenAsItIsMade() throws Exception {
        var answer = client.send(request("/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            assertThat(in.readAllBytes()).hasSize(1_100_000);
        }
        assertThat(answer.headers().firstValue("transfer-encoding")).contains("chunked");
    }

    @Test
    void behindAClosedGateReadingWorksAndTheRestComesBackLater() throws Exception {
        server.gate().close();
        try {
            assertThat(send(request("/ap/a")).statusCode()).isEqualTo(200);
            var later = send(request("/ap/a/inbox").POST(HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(later.statusCode()).isEqualTo(503);
            assertThat(later.headers().firstValue("retry-after")).contains("10");
        } finally {
            server.gate().open();
        }
    }

    @Test
    void ourOwnFailureIsA500AndSaysNothingMore() throws Exception {
        var answer = send(request("/broken"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("something went wrong here\n");
    }

    @Test
    void aHostThatIsNoneIsRefused() throws Exception {
        var lines = server.raw("GET /ap/a HTTP/1.1\r\nHost: a_b:c d\r\nConnection: close\r\n\r\n");
        assertThat(lines.lines().findFirst().orElse("")).contains(" 400");
        assertThat(calls).isEmpty();
    }

    @Test
    void manyAtOnceAreAnsweredEach() {
        var answers = java.util.stream.IntStream.range(0, 200)
                .mapToObj(i -> client.sendAsync(request("/ap/a" + i).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        assertThat(answers.stream().map(f -> f.join().statusCode()).collect(Collectors.toSet()))
                .containsExactly(200);
    }
}
