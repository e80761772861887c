package dev.drawbridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.feed.wire.Site;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Hubs (WebSub): what we ask them, what they have to confirm, what they may bring.
class HubTest extends Reading {
    private static final String HUB = "https://hub.example/";

    @BeforeEach
    void aFeedWithAHub() {
        site.shows(FEED, withHub(rss("a")));
        site.at(HUB, request -> Site.answer(202, ""));
        mirrored();
        pass(SOON);
    }

    private static String withHub(String rss) {
        return rss.replace(
                "<channel>",
                "<channel xmlns:a='http://www.w3.org/2005/Atom'><a:link rel='hub' href='" + HUB
                        + "'/><a:link rel='self' href='" + FEED + "'/>");
    }

    private Map<String, String> asked() {
        var request = site.asked.stream()
                .filter(r -> r.uri().toString().equals(HUB))
                .toList()
                .getLast();
        var form = new HashMap<String, String>();
        for (String pair : new String(request.body(), StandardCharsets.UTF_8).split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private String token() {
        String callback = asked().get("hub.callback");
        assertThat(callback).startsWith("https://bridge.example/feed/hub/");
        return callback.substring(callback.lastIndexOf('/') + 1);
    }

    private HttpReply call(String method, String token, String query, byte[] body, Map<String, List<String>> headers) {
        var endpoint = connector.endpoints().stream()
                .map(Endpoint.Http.class::cast)
                .filter(e -> e.method().equals(method))
                .findFirst()
                .orElseThrow();
        var uri = URI.create("https://bridge.example/feed/hub/" + token + query);
        return endpoint.handler().handle(new HttpCall(method, uri, Map.of("token", token), headers, body, "192.0.2.1"));
    }

    private HttpReply confirm(String mode, String topic, String lease) {
        return call(
                "GET",
                token(),
                "?hub.mode=" + mode + "&hub.topic=" + URLEncoder.encode(topic, StandardCharsets.UTF_8)
                        + "&hub.challenge=abc&hub.lease_seconds=" + lease,
                new byte[0],
                Map.of());
    }

    private HttpReply bring(String document, String secret, String algorithm) {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        try {
            String name = "Hmac" + algorithm.toUpperCase(java.util.Locale.ROOT);
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
            String signature = algorithm + "=" + HexFormat.of().formatHex(mac.doFinal(body));
            return call("POST", token(), "", body, Map.of("x-hub-signature", List.of(signature)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itsHubIsAskedWithASecretAndConfirmsWhatWeAskedFor() throws IOException {
        assertThat(asked())
                .containsEntry("hub.mode", "subscribe")
                .containsEntry("hub.topic", FEED)
                .containsEntry("hub.lease_seconds", "864000");
        assertThat(asked().get("hub.secret")).hasSize(40);
        HttpReply right = confirm("subscribe", FEED, "864000");
        assertThat(right.status()).isEqualTo(200);
        var out = new ByteArrayOutputStream();
        right.body().writeTo(out);
        assertThat(out).hasToString("abc");
    }

    @Test
    void whatWeDidNotAskForIsNotConfirmed() {
        assertThat(confirm("subscribe", "https://other.example/rss", "1").status())
                .isEqualTo(404);
        assertThat(confirm("unsubscribe", FEED, "1").status()).isEqualTo(404);
        assertThat(call("GET", "0".repeat(40), "?hub.mode=subscribe&hub.challenge=a", new byte[0], Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void signedNewsAreTakenAtOnceAndOthersAreNot() {
        confirm("subscribe", FEED, "864000");
        String news = rss("b");
        assertThat(bring(news, "not the secret", "sha256").status()).isEqualTo(202);
        assertThat(call("POST", token(), "", news.getBytes(StandardCharsets.UTF_8), Map.of())
                        .status())
                .isEqualTo(202);
        assertThat(ids()).isEmpty();
        assertThat(bring("<html/>", asked().get("hub.secret"), "sha256").status())
                .isEqualTo(202);
        assertThat(bring(news, asked().get("hub.secret"), "sha256").status()).isEqualTo(202);
        assertThat(bring(rss("b"), asked().get("hub.secret"), "sha1").status()).isEqualTo(202);
        assertThat(ids()).containsExactly("b");
        assertThat(call("POST", "1".repeat(40), "", new byte[0], Map.of()).status())
                .isEqualTo(410);
    }

    @Test
    void theHubIsToldToComeAgainIfNewsCannotBeKept() {
        answer = event -> new Receipt.Busy(Duration.ofSeconds(7));
        HttpReply reply = bring(rss("b"), asked().get("hub.secret"), "sha512");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsEntry("retry-after", "7");
        answer = event -> new Receipt.Accepted();
        assertThat(bring(rss("b"), asked().get("hub.secret"), "sha512").status())
                .isEqualTo(202);
        assertThat(ids()).containsExactly("b");
    }

    @Test
    void aFeedWhoseHubTellsUsIsPolledLessOftenAndTheLeaseIsRenewedUnderTheSameName() {
        confirm("subscribe", FEED, "864000");
        String token = token();
        pass(NEXT);
        site.asked.clear();
        pass(Duration.ofHours(24));
        assertThat(site.asked).hasSizeBetween(10, 12);
        pass(Duration.ofDays(9));
        assertThat(token()).isEqualTo(token);
        assertThat(connector.troubles()).isEmpty();
    }

    @Test
    void whoIsNotMirroredAnyMoreGetsNoNews() {
        String token = token();
        people.clear();
        changed();
        assertThat(call("POST", token, "", new byte[0], Map.of()).status()).isEqualTo(410);
    }

    @Test
    void aHubThatWouldGetTheSecretOverHttpIsNotAsked() {
        String open = HUB.replace("https:", "http:");
        site.shows(FEED, withHub(rss("a")).replace(HUB, open));
        site.at(open, request -> Site.answer(202, ""));
        restart();
        pass(NEXT);
        assertThat(site.asked).extracting(r -> r.uri().toString()).doesNotContain(open);
        loopback = true;
        restart();
        pass(NEXT);
        assertThat(site.asked).extracting(r -> r.uri().toString()).contains(open);
    }

    @Test
    void aHubIsAskedAnewAfterARestartThoughTheFeedDidNotChange() {
        site.at(
                FEED,
                request -> request.headers().containsKey("if-none-match")
                        ? Site.answer(304, "")
                        : Site.answer(200, withHub(rss("a")), "etag", "\"1\""));
        pass(NEXT);
        site.asked.clear();
        restart();
        pass(SOON);
        assertThat(site.asked).extracting(r -> r.uri().toString()).containsExactly(FEED, HUB);
    }
}
