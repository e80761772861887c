package dev.drawbridge.activitypub.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.spi.Finding;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A request to ourselves, through proxies that do what proxies do.
@ExtendWith(TestMongo.class)
class SelfTestTest {
    private static final String HOST = "ap.bridge.example";
    private final LocalNet net = new LocalNet();
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, net);
    }

    /// A proxy that changes what passes.
    private void proxy(LocalNet.Server changed) {
        net.serve(HOST, changed);
    }

    private Finding only() {
        var findings = bridge.connector.examine();
        assertThat(findings).hasSize(1);
        assertThat(findings.getFirst().subject()).isEqualTo("activitypub " + HOST);
        return findings.getFirst();
    }

    private Finding bad(String text) {
        Finding found = only();
        assertThat(found.mark()).isEqualTo(Finding.Mark.BAD);
        assertThat(found.text()).contains(text);
        assertThat(found.advice()).isNotBlank();
        return found;
    }

    @Test
    void whatArrivesWholeIsGood() {
        assertThat(only().mark()).as(only().toString()).isEqualTo(Finding.Mark.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "digest", "date", "signature-input", "content-digest", "content-type"})
    void aProxyThatTakesAHeaderAwayIsFound(String header) {
        proxy((method, uri, headers, body) -> {
            var fewer = new HashMap<>(headers);
            fewer.remove(header);
            return bridge.router.call(method, uri, fewer, body);
        });
        bad("takes headers away: " + header);
    }

    @Test
    void aProxyThatChangesTheHostIsFound() {
        proxy((method, uri, headers, body) -> bridge.router.call(
                method, URI.create(uri.toString().replace("https://" + HOST, "https://backend:8080")), headers, body));
        assertThat(bad("changes the Host header").advice()).contains("X-Forwarded-Host");
    }

    @Test
    void aProxyThatForgetsTlsIsFound() {
        proxy((method, uri, headers, body) ->
                bridge.router.call(method, URI.create(uri.toString().replace("https://", "http://")), headers, body));
        assertThat(bad("without TLS").advice()).contains("X-Forwarded-Proto");
    }

    @Test
    void aProxyThatChangesQueryOrBodyIsFound() {
        proxy((method, uri, headers, body) ->
                bridge.router.call(method, URI.create(uri + "&utm=1"), headers, "{}".getBytes(UTF_8)));
        bad("signature does not hold");
    }

    @Test
    void clocksThatDifferAreFound() {
        proxy((method, uri, headers, body) -> {
            var late = bridge.clock.instant().minus(Duration.ofMinutes(2)).atOffset(ZoneOffset.UTC);
            return bridge.router
                    .call(method, uri, headers, body)
                    .with("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(late));
        });
        bad("differ by 120 s");
        proxy((method, uri, headers, body) ->
                bridge.router.call(method, uri, headers, body).with("Date", "yesterday"));
        assertThat(only().mark()).isEqualTo(Finding.Mark.GOOD);
    }

    @Test
    void somebodyElseWhoAnswersIsFound() {
        proxy((_, _, _, _) -> HttpReply.of(301).with("Location", "https://www.bridge.example/"));
        assertThat(bad("answers 301").advice()).contains("https://www.bridge.example/");
        proxy((_, _, _, _) -> HttpReply.of(404));
        assertThat(bad("answers 404").advice()).contains("/ap/self-test/");
        proxy((_, _, _, _) -> HttpReply.text(200, "welcome"));
        bad("answers 200");
        proxy((_, _, _, _) -> HttpReply.of(403));
        bad("answers 403");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whatDoesNotAnswerIsFound(Failure failure) {
        proxy((_, _, _, _) -> {
            throw new OutboundException(failure, "no");
        });
        Finding found = only();
        assertThat(found.mark()).isEqualTo(failure == Failure.FORBIDDEN_ADDRESS ? Finding.Mark.NOTE : Finding.Mark.BAD);
        assertThat(found.advice()).isNotBlank();
    }

    /// The address that a request of our own was sent to, and its headers, as an observer on the way sees them.
    private Map.Entry<URI, Map<String, List<String>>> observed() {
        var seen = new HashMap<URI, Map<String, List<String>>>();
        proxy((_, uri, headers, _) -> {
            seen.put(uri, headers);
            return HttpReply.of(502);
        });
        bridge.connector.examine();
        return seen.entrySet().iterator().next();
    }

    private HttpReply ask(URI uri) {
        return bridge.router.call("POST", uri, Map.of(), new byte[0]);
    }

    @Test
    void strangersLearnNothing() {
        URI good = observed().getKey();
        String path = good.getRawPath();
        for (String other : List.of(
                "/ap/self-test/x",
                "/ap/self-test/.",
                "/ap/self-test/a.b.c",
                "/ap/self-test/" + "A".repeat(3000),
                path.substring(0, path.length() - 8) + "AAAAAAAA",
                path.replaceFirst("/[^/.]{8}", "/AAAAAAAA"))) {
            assertThat(ask(URI.create(Bridge.BASE + other)).status()).as(other).isEqualTo(404);
        }
        HttpReply answer = ask(good);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Router.text(answer)).contains("\"signature\":false", "\"headers\":[]");
        // Once is enough.
        assertThat(ask(good).status()).isEqualTo(404);
    }

    @Test
    void aProbeIsGoodForAMinute() {
        URI first = observed().getKey();
        bridge.clock.advance(Duration.ofSeconds(61));
        assertThat(ask(first).status()).isEqualTo(404);
        URI second = observed().getKey();
        bridge.clock.advance(Duration.ofSeconds(59));
        assertThat(ask(second).status()).isEqualTo(200);
    }

    @Test
    void everyHostIsTried(MongoDatabase database) {
        var two = new Bridge(database, net, Map.of("hosts.nostr", "nostr.bridge.example"));
        var findings = two.connector.examine();
        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactly("activitypub ap.bridge.example", "activitypub nostr.bridge.example");
        assertThat(findings).extracting(Finding::mark).containsExactly(Finding.Mark.GOOD, Finding.Mark.BAD);
        net.serve("nostr.bridge.example", two.router::call);
        assertThat(two.connector.examine()).extracting(Finding::mark).containsOnly(Finding.Mark.GOOD);
    }
}
