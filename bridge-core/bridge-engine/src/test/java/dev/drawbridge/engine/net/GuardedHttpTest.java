package dev.drawbridge.engine.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundHttp.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class GuardedHttpTest extends HttpFixture {
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
    void nobodyIsShownAPrivateKeyThatStandsInAnAddress() {
        String key = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
        redirect("/key", 302, "/echo?" + key);
        for (String path : List.of("/echo/" + key, "/echo?k=" + key, "/echo/%6E" + key.substring(1), "/key")) {
            var thrown = assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> http.send(Request.get(uri(path), Map.of())))
                    .actual();
            assertThat(thrown.failure()).as(path).isEqualTo(Failure.FORBIDDEN_ADDRESS);
            assertThat(thrown).hasMessageContaining("private key");
            assertThat(String.valueOf(thrown.getMessage())).doesNotContain(key.substring(2));
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
}
