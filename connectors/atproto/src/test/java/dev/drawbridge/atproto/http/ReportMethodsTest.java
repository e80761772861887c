package dev.drawbridge.atproto.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Complaints of people whom another server vouches for.
class ReportMethodsTest extends XrpcFixture {
    private static final Did MALLORY = new Did("did:plc:mmmmmmmmmmmmmmmmmmmmmmmm");
    private static final String METHOD = "com.atproto.moderation.createReport";
    private static final String HERE = "did:web:at.bridge.test";

    ReportMethodsTest(MongoDatabase database) {
        super(database);
        reporting.known.put(MALLORY, pds.key("mallory"));
    }

    private DataMap.Builder claims() {
        return DataMap.builder()
                .put("iss", MALLORY.value())
                .put("aud", HERE)
                .put("lxm", METHOD)
                .put("exp", pds.clock.instant().getEpochSecond() + 60);
    }

    private String signed(DataMap.Builder claims) {
        return Jwt.sign("JWT", claims.build(), pds.signer, "atproto:mallory");
    }

    private Reply report(String token, String body) {
        return call(new HttpCall(
                "POST",
                URI.create("https://at.bridge.test/xrpc/" + METHOD),
                Map.of(),
                Map.of("content-type", List.of("application/json"), "authorization", List.of("Bearer " + token)),
                body.getBytes(StandardCharsets.UTF_8),
                "192.0.2.1"));
    }

    private static String body(String subject) {
        return "{\"reasonType\":\"com.atproto.moderation.defs#reasonRude\",\"reason\":\"they shout\",\"subject\":"
                + subject + "}";
    }

    private String post() {
        return "{\"$type\":\"com.atproto.repo.strongRef\",\"cid\":\"bafy\",\"uri\":\"at://" + alice
                + "/app.bsky.feed.post/a\"}";
    }

    private String account() {
        return "{\"$type\":\"com.atproto.admin.defs#repoRef\",\"did\":\"" + alice + "\"}";
    }

    private static String error(Reply reply) {
        return reply.status() + " " + reply.json().path("error").asString("");
    }

    private Activity.Report heard() {
        var translator = new AtprotoTranslator();
        NativeEvent event = ((Translation.Translated<NativeEvent>)
                        translator.decode(DataJson.write(reporting.heard.getLast()), pds.clock.instant()))
                .value();
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.REPORT);
        assertThat(event.names()).contains(new NativeId(Network.ATPROTO, alice.value()));
        return (Activity.Report) ((Translation.Translated<List<Activity>>)
                        translator.toCanonical(event, Resolved.NOTHING, pds.clock.instant()))
                .value()
                .getFirst();
    }

    @Test
    void whatAnotherServerVouchesForIsHeard() {
        Reply reply = report(signed(claims()), body(post()));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("reportedBy").asString()).isEqualTo(MALLORY.value());
        assertThat(reply.json().path("id").isIntegralNumber()).isTrue();
        assertThat(reply.json().at("/subject/uri").asString()).contains(alice.value());
        Activity.Report report = heard();
        assertThat(report.author().value()).isEqualTo(MALLORY.value());
        assertThat(report.target().value()).isEqualTo(alice.value());
        assertThat(report.about()).contains(new NativeId(Network.ATPROTO, "at://" + alice + "/app.bsky.feed.post/a"));
        assertThat(report.reason()).isEqualTo("Rude: they shout");
        assertThat(report(signed(claims().put("aud", HERE + "#atproto_labeler")), body(account()))
                        .status())
                .isEqualTo(200);
        assertThat(heard().about()).isEmpty();
    }

    @Test
    void aKeyThatChangedIsLookedUpAnew() {
        reporting.changed.put(MALLORY, pds.key("mallory"));
        reporting.known.put(MALLORY, pds.key("older"));
        assertThat(report(signed(claims()), body(account())).status()).isEqualTo(200);
    }

    @Test
    void whoCannotShowWhoTheyAreIsNotHeard() {
        String good = signed(claims());
        assertThat(error(report("x", body(account())))).isEqualTo("401 BadJwt");
        assertThat(error(report(good.substring(0, good.length() - 4) + "AAAA", body(account()))))
                .isEqualTo("401 BadJwtSignature");
        assertThat(error(report(signed(claims().put("iss", alice.value())), body(account()))))
                .isEqualTo("401 BadJwtSignature");
        assertThat(error(report(signed(claims().put("iss", "mallory")), body(account()))))
                .isEqualTo("401 BadJwtIss");
        assertThat(error(report(signed(claims().put("aud", "did:web:elsewhere.example")), body(account()))))
                .isEqualTo("401 BadJwtAudience");
        assertThat(error(report(signed(claims().put("lxm", "com.atproto.server.createAccount")), body(account()))))
                .isEqualTo("401 BadJwtLexiconMethod");
        assertThat(error(report(signed(claims().put("exp", pds.clock.instant().getEpochSecond())), body(account()))))
                .isEqualTo("401 JwtExpired");
        reporting.silent = true;
        assertThat(error(report(good, body(account())))).isEqualTo("502 UpstreamFailure");
        assertThat(reporting.heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reasonType\":\"rude\",\"subject\":{}}",
                "{\"reasonType\":\"com.atproto.moderation.defs#reasonRude\"}",
                "{\"reasonType\":\"com.atproto.moderation.defs#reasonRude\",\"subject\":{\"$type\":\"x\"}}",
                "{\"reasonType\":\"com.atproto.moderation.defs#reasonRude\",\"subject\":"
                        + "{\"$type\":\"com.atproto.repo.strongRef\",\"uri\":\"at://x\"}}",
                "{\"reasonType\":\"com.atproto.moderation.defs#reasonRude\",\"subject\":"
                        + "{\"$type\":\"com.atproto.admin.defs#repoRef\",\"did\":\"x\"}}"
            })
    void whatSaysNothingIsRefused(String body) {
        assertThat(error(report(signed(claims()), body))).isEqualTo("400 InvalidRequest");
        assertThat(reporting.heard).isEmpty();
    }

    @Test
    void aReasonHasANameOfSomeLength() {
        String longest = body(account()).replace("reasonRude", "r".repeat(484));
        assertThat(error(report(signed(claims()), longest.replace("#r", "#rr"))))
                .isEqualTo("400 InvalidRequest");
        assertThat(reporting.heard).isEmpty();
        assertThat(report(signed(claims()), longest).status()).isEqualTo(200);
    }

    @Test
    void whatIsNotHereOrCannotBeKeptIsSaidSo() {
        reporting.outcome = Reporting.Outcome.NOT_HERE;
        assertThat(error(report(signed(claims()), body(account())))).isEqualTo("400 InvalidRequest");
        reporting.outcome = Reporting.Outcome.LATER;
        assertThat(error(report(signed(claims()), body(account())))).isEqualTo("503 ServiceUnavailable");
        reporting.outcome = Reporting.Outcome.HEARD;
        Optional<Reply> last = Optional.empty();
        for (int i = 0; i < 30; i++) {
            last = Optional.of(report(signed(claims()), body(account())));
        }
        assertThat(error(last.orElseThrow())).as("nobody complains all day").isEqualTo("429 RateLimitExceeded");
    }
}
