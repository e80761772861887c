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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSignatureTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_618_884_473L);
    private static final byte[] BODY = "{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8);
    private static final String PARAMETERS = ";created=1618884473;keyid=\"https://a.example/k\"";
    private static final String COVERED = "(\"@method\" \"@target-uri\" \"content-digest\")";

    private static Map<String, List<String>> headers(String input) {
        var headers = new HashMap<String, List<String>>();
        headers.put("signature-input", List.of("sig1=" + input));
        headers.put("signature", List.of("sig1=:AAAA:"));
        headers.put("content-digest", List.of("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"));
        headers.put("date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"));
        return headers;
    }

    private static SignatureClaim read(Map<String, List<String>> headers, Instant now) {
        URI uri = URI.create("https://Example.com/foo?param=Value&Pet=dog");
        return HttpSignatures.read(new SignedRequest("POST", uri, headers, BODY), now);
    }

    private static SignatureClaim read(String input) {
        return read(headers(input), NOW);
    }

    /// Components as in RFC 9421 §2.2, for the request of its appendix B.2.
    @Test
    void theBaseIsThatOfTheRfc() {
        String input =
                "(\"@method\" \"@authority\" \"@path\" \"@query\" \"@scheme\" \"@request-target\" \"@target-uri\""
                        + " \"content-digest\" \"date\")"
                        + PARAMETERS;
        var claim = (Claimed) read(input);
        assertThat(claim.keyId()).isEqualTo("https://a.example/k");
        assertThat(new String(claim.messages().getFirst(), StandardCharsets.UTF_8))
                .isEqualTo("""
                    "@method": POST
                    "@authority": example.com
                    "@path": /foo
                    "@query": ?param=Value&Pet=dog
                    "@scheme": https
                    "@request-target": /foo?param=Value&Pet=dog
                    "@target-uri": https://Example.com/foo?param=Value&Pet=dog
                    "content-digest": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:
                    "date": Tue, 20 Apr 2021 02:07:55 GMT
                    "@signature-params": %s\
                    """.formatted(input));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(\"@method\" \"@target-uri\")" + PARAMETERS,
                "(\"@method\" \"content-digest\")" + PARAMETERS,
                "(\"@target-uri\" \"content-digest\")" + PARAMETERS,
                "(\"@method\" \"@method\" \"@target-uri\" \"content-digest\")" + PARAMETERS,
                "(\"@method\" \"@target-uri\" \"content-digest\" \"x-missing\")" + PARAMETERS,
                "(\"@method\" \"@target-uri\" \"content-digest\" \"@status\")" + PARAMETERS,
                "(\"@method\" \"@target-uri\" \"content-digest\" \"date\";bs)" + PARAMETERS,
                COVERED + ";keyid=\"https://a.example/k\"",
                COVERED + ";created=1618884473",
                COVERED + ";created=soon;keyid=\"https://a.example/k\"",
                COVERED + PARAMETERS + ";alg=\"hmac-sha256\"",
                COVERED + PARAMETERS + ";expires=1",
                "(\"@method\"",
                "nonsense",
                "",
            })
    void whatProvesTooLittleIsRejected(String input) {
        assertThat(read(input)).isInstanceOf(Rejected.class);
    }

    @Test
    void aSignatureCountsForAnHourAndFiveMinutes() {
        var headers = headers(COVERED + PARAMETERS);
        assertThat(read(headers, NOW.plus(Duration.ofMinutes(64)))).isInstanceOf(Claimed.class);
        assertThat(read(headers, NOW.plus(Duration.ofMinutes(66)))).isInstanceOf(Rejected.class);
        assertThat(read(headers, NOW.minus(Duration.ofMinutes(61)))).isInstanceOf(Rejected.class);
    }

    @Test
    void aBodyThatDoesNotFitIsRejected() {
        var headers = headers(COVERED + PARAMETERS);
        headers.put("content-digest", List.of("sha-256=:AAAA:"));
        assertThat(read(headers, NOW)).isInstanceOf(Rejected.class);
        headers.put("content-digest", List.of("md5=:AAAA:"));
        assertThat(read(headers, NOW)).isInstanceOf(Rejected.class);
    }

    @Test
    void aSignatureThatIsNoByteSequenceIsRejected() {
        var headers = headers(COVERED + PARAMETERS);
        for (String signature : List.of("sig1=AAAA", "sig1=:%%%:", "sig2=:AAAA:", "sig1=:")) {
            headers.put("signature", List.of(signature));
            assertThat(read(headers, NOW)).as(signature).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void theSignatureWithAKeyIsTheOneThatCounts() {
        var headers = headers("(\"@status\");created=1, proxy=(\"@method\")");
        headers.put("signature-input", List.of("proxy=(\"@method\");created=1", "sig1=" + COVERED + PARAMETERS));
        headers.put("signature", List.of("proxy=:BBBB:, sig1=:AAAA:"));
        assertThat(read(headers, NOW)).isInstanceOf(Claimed.class);
    }
}
