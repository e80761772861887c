package dev.drawbridge.activitypub.object.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Rejected;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CavageSignatureTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final URI INBOX = URI.create("https://bridge.example/inbox?a=1&b=2");
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    /// The "signature" is the message itself, so that a test sees what is signed.
    private static Map<String, List<String>> signed(String method, byte[] body) {
        var headers = new HashMap<String, List<String>>();
        CavageSignature.sign(method, INBOX, "application/activity+json", body, "https://a.example/k", NOW, m -> m)
                .forEach((n, v) -> headers.put(n.toLowerCase(Locale.ROOT), List.of(v)));
        return headers;
    }

    private static SignatureClaim read(Map<String, List<String>> headers, Instant now) {
        return HttpSignatures.read(new SignedRequest("POST", INBOX, headers, BODY), now);
    }

    private static Map<String, List<String>> with(String parameters) {
        var headers = signed("POST", BODY);
        headers.put("signature", List.of(parameters));
        return headers;
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }

    @Test
    void aPostSignsTargetHostDateDigestAndType() {
        var claim = (Claimed) read(signed("POST", BODY), NOW);
        assertThat(claim.keyId()).isEqualTo("https://a.example/k");
        assertThat(text(claim.signature())).isEqualTo("""
            (request-target): post /inbox?a=1&b=2
            host: bridge.example
            date: Sun, 01 Mar 2026 12:00:00 GMT
            digest: SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=
            content-type: application/activity+json\
            """);
    }

    @Test
    void aGetSignsTargetHostAndDate() {
        var headers = signed("GET", new byte[0]);
        assertThat(headers).doesNotContainKeys("digest", "content-type");
        var claim = (Claimed) HttpSignatures.read(new SignedRequest("GET", INBOX, headers, new byte[0]), NOW);
        assertThat(text(claim.signature())).startsWith("(request-target): get /inbox?a=1&b=2\nhost: ");
    }

    @Test
    void theQueryMayBeMissingInWhatIsSigned() {
        var claim = (Claimed) read(signed("POST", BODY), NOW);
        assertThat(claim.messages()).hasSize(2);
        assertThat(text(claim.messages().get(0))).startsWith("(request-target): post /inbox?a=1&b=2\n");
        assertThat(text(claim.messages().get(1))).startsWith("(request-target): post /inbox\n");
    }

    @ParameterizedTest
    @CsvSource({"64, true", "66, false", "-59, true", "-61, false"})
    void aSignatureCountsForAnHourAndFiveMinutes(long minutesLater, boolean counts) {
        var claim = read(signed("POST", BODY), NOW.plus(Duration.ofMinutes(minutesLater)));
        assertThat(claim).isInstanceOf(counts ? Claimed.class : Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "headers=\"(request-target) host digest\"",
                "headers=\"host date digest\",algorithm=\"rsa-sha512\"",
                "headers=\"(request-target) host date\"",
                "headers=\"date host\"",
                "headers=\"date\"",
                "algorithm=\"rsa-sha256\"",
                "headers=\"(request-target) host date digest x-missing\"",
                "headers=\"(request-target) host (created) digest\"",
                "headers=\"(request-target) host (created) digest\",created=yesterday",
                "headers=\"(request-target) host (created) digest\",created=99999999999999999999",
            })
    void whatCoversTooLittleIsRejected(String parameters) {
        assertThat(read(with("keyId=\"https://a.example/k\",signature=\"AAAA\"," + parameters), NOW))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "keyId=\"k\"",
                "signature=\"AAAA\"",
                "keyId=\"\",signature=\"AAAA\"",
                "keyId=\"k\",headers=\"(request-target) host date digest\",signature=\"%%%\"",
            })
    void whatCannotBeReadIsRejected(String header) {
        assertThat(read(with(header), NOW)).isInstanceOf(Rejected.class);
    }

    @Test
    void createdStandsInForTheDate() {
        String parameters =
                "keyId=\"https://a.example/k\",algorithm=\"hs2019\",headers=\"(request-target) (created) (expires)"
                        + " host digest\",created=%d,expires=%d,signature=\"AAAA\"";
        long at = NOW.getEpochSecond();
        var claim = read(with(parameters.formatted(at, at + 3600)), NOW.plus(Duration.ofMinutes(119)));
        assertThat(claim).isInstanceOf(Claimed.class);
        assertThat(text(((Claimed) claim).messages().getFirst())).contains("\n(created): " + at + "\n(expires): ");
        assertThat(read(with(parameters.formatted(at, at + 3600)), NOW.plus(Duration.ofMinutes(121))))
                .isInstanceOf(Rejected.class);
        assertThat(read(with(parameters.formatted(at, at + 99_999_999)), NOW.plus(Duration.ofHours(14))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aDigestMayBeOneOfSeveralAndInAnyCase() {
        var headers = signed("POST", BODY);
        String own = headers.get("digest").getFirst().replace("SHA-256", "sha-256");
        headers.put("digest", List.of("unixsum=30637," + own));
        assertThat(read(headers, NOW)).isInstanceOf(Claimed.class);
        headers.put("digest", List.of(own + ",SHA-512=AAAA"));
        assertThat(read(headers, NOW)).isInstanceOf(Rejected.class);
        headers.put("digest", List.of("unixsum=30637"));
        assertThat(read(headers, NOW)).isInstanceOf(Rejected.class);
        headers.remove("digest");
        assertThat(read(headers, NOW)).isInstanceOf(Rejected.class);
    }

    @Test
    void withoutSignatureItIsUnsigned() {
        assertThat(read(Map.of(), NOW)).isInstanceOf(SignatureClaim.Unsigned.class);
    }
}
