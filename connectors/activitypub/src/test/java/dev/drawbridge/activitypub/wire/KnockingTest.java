package dev.drawbridge.activitypub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignedRequest;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which generation of signatures a server gets to see.
class KnockingTest extends InboxFixture {
    private NativeId ghost;
    private int number;

    @BeforeEach
    void giveSomebodyAGhost() {
        // Keys are not what lasts here.
        var somebody = new NativeId(Network.NOSTR, "%064x".formatted(++number));
        ghost = bridge.ghost(somebody, "carol" + number + "@site.example");
        net.requests.clear();
    }

    /// A server that takes what fits the condition.
    private void takes(int otherwise, Predicate<Map<String, List<String>>> condition) {
        net.serve("social.example", (_, _, headers, _) -> HttpReply.of(condition.test(headers) ? 202 : otherwise));
    }

    private static boolean isRfc9421(Map<String, List<String>> headers) {
        return headers.containsKey("signature-input");
    }

    private DeliveryOutcome deliver() {
        net.requests.clear();
        String like = "{\"id\":\"%s/ap/likes/%d\",\"type\":\"Like\",\"actor\":\"%s\",\"object\":\"%s\"}"
                .formatted(Bridge.BASE, ++number, ghost.value(), ALICE.note(1));
        return bridge.connector.deliver(
                new NativeDraft(Optional.of(ghost), Optional.empty(), List.of(like)),
                new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox()));
    }

    private List<Boolean> generations() {
        return net.requests.stream()
                .map(r -> r.headers().containsKey("Signature-Input"))
                .toList();
    }

    @Test
    void cavageComesFirst() {
        takes(401, h -> !isRfc9421(h));
        assertThat(deliver()).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(generations()).containsExactly(false);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void whoRefusesCavageIsRememberedAcrossRestarts(int status) {
        takes(status, KnockingTest::isRfc9421);
        deliver();
        assertThat(generations()).containsExactly(false, true);
        restart();
        giveSomebodyAGhost();
        assertThat(deliver()).isInstanceOf(DeliveryOutcome.Delivered.class);
        assertThat(generations()).as("no cavage any more").containsExactly(true);
    }

    @Test
    void theSecondKnockIsSignedAnewAndHolds() {
        takes(401, KnockingTest::isRfc9421);
        deliver();
        assertThat(generations()).containsExactly(false, true);
        OutboundHttp.Request second = net.requests.getLast();
        var headers = new HashMap<String, List<String>>();
        second.headers().forEach((n, v) -> headers.put(n.toLowerCase(Locale.ROOT), List.of(v)));
        assertThat(headers).containsKeys("content-digest", "content-type").doesNotContainKeys("digest");
        assertThat(headers.get("signature-input").getFirst())
                .startsWith("sig1=(\"@method\" \"@target-uri\" \"@authority\" \"content-digest\""
                        + " \"content-type\");created=")
                .contains(";keyid=\"" + ghost.value() + "#main-key\"")
                .contains(";alg=\"rsa-v1_5-sha256\"");
        var claim = (Claimed) HttpSignatures.read(
                new SignedRequest("POST", second.uri(), headers, second.body()), bridge.clock.instant());
        byte[] key = bridge.actorKey(ghost);
        assertThat(Cryptography.portable()
                        .verify(
                                SignatureScheme.RSA_SHA256,
                                key,
                                claim.messages().getFirst(),
                                claim.signature()))
                .isTrue();
    }

    @Test
    void aGetIsAnsweredTheSameWay() {
        var signed = Documents.write(ALICE.document());
        net.forget(ALICE.actor());
        net.serve(
                "social.example",
                (_, _, headers, _) -> isRfc9421(headers)
                        ? HttpReply.of(200, "application/activity+json", signed)
                        : HttpReply.of(401));
        assertThat(bridge.connector.profile(new NativeId(Network.ACTIVITYPUB, ALICE.actor())))
                .isPresent();
        assertThat(generations()).containsExactly(false, true);
    }

    @Test
    void whoRefusesBothIsNotAskedTwiceEachTime() {
        takes(403, _ -> false);
        assertThat(deliver()).isInstanceOf(DeliveryOutcome.Refused.class);
        assertThat(generations()).containsExactly(false, true);
        deliver();
        assertThat(generations()).containsExactly(false);
        bridge.clock.advance(Duration.ofHours(25));
        deliver();
        assertThat(generations()).containsExactly(false, true);
    }

    @Test
    void otherFailuresSayNothingAboutSignatures() {
        for (int status : List.of(404, 413, 429, 500, 503)) {
            takes(status, _ -> false);
            deliver();
            assertThat(generations()).as("%d", status).containsExactly(false);
        }
    }

    @Test
    void whoSignsWithRfc9421IsAnsweredInKind() {
        String body = ALICE.create(1, "hi");
        var headers = ALICE.signedWithRfc9421(INBOX, body, bridge.clock.instant(), ALICE.keyId(), ALICE::sign);
        assertThat(bridge.post(INBOX, headers, body).status()).isEqualTo(202);
        bridge.background.run();
        assertThat(bridge.received).hasSize(1);
        takes(401, KnockingTest::isRfc9421);
        deliver();
        assertThat(generations()).containsExactly(true);
    }

    @Test
    void aForgedRfc9421RequestTeachesNothing() {
        String body = ALICE.create(1, "hi");
        var headers = ALICE.signedWithRfc9421(INBOX, body, bridge.clock.instant(), ALICE.keyId(), _ -> new byte[256]);
        bridge.post(INBOX, headers, body);
        bridge.background.run();
        assertThat(bridge.received).isEmpty();
        takes(401, h -> !isRfc9421(h));
        deliver();
        assertThat(generations()).containsExactly(false);
    }

    @Test
    void anActorsGeneratorMayPromiseIt() {
        var actor = ALICE.document();
        actor.putObject("generator")
                .put("type", "Application")
                .putArray("implements")
                .addObject()
                .put("href", "https://datatracker.ietf.org/doc/html/rfc9421")
                .put("name", "RFC-9421: HTTP Message Signatures");
        net.document(ALICE.actor(), Documents.write(actor));
        bridge.connector.profile(new NativeId(Network.ACTIVITYPUB, ALICE.actor()));
        takes(401, KnockingTest::isRfc9421);
        deliver();
        assertThat(generations()).containsExactly(true);
    }

    @Test
    void whatWasLearnedIsForgottenAfterAMonth() {
        takes(401, KnockingTest::isRfc9421);
        deliver();
        bridge.clock.advance(Duration.ofDays(31));
        takes(401, h -> !isRfc9421(h));
        deliver();
        assertThat(generations()).containsExactly(false);
    }

    @Test
    void whoTurnsBackToCavageIsFollowed() {
        takes(401, KnockingTest::isRfc9421);
        deliver();
        takes(401, h -> !isRfc9421(h));
        deliver();
        assertThat(generations()).containsExactly(true, false);
        deliver();
        assertThat(generations()).containsExactly(false);
    }
}
