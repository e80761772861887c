package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Multibase;
import dev.drawbridge.activitypub.object.proof.IntegrityProof;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.engine.crypto.Cryptography;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Activities that prove themselves, whoever brings them, and ours that do.
class InboxProofTest extends InboxFixture {
    @BeforeEach
    void withProofKey() {
        net.document(ALICE.actor(), Documents.write(ALICE.documentWithProofKey()));
    }

    private String proven(String activity) {
        return ALICE.proven(activity, bridge.clock.instant());
    }

    @Test
    void aForwardedActivityWithItsActorsProofIsTakenAsItIs() {
        String create = proven(ALICE.create(1, "hello"));
        assertThat(post(MALLORY, create).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.received.getFirst().body().text()).isEqualTo(create);
        assertThat(net.asked(ALICE.note(1))).isZero();
    }

    @Test
    void aForwardedEditIsAskedForAtItsOriginLestAnOldOneIsRepeated() {
        String update = proven(
                ALICE.create(1, "older").replace("\"Create\"", "\"Update\"").replace("/activity\"", "#update-1\""));
        var newer =
                Documents.parse(ALICE.create(1, "newer")).found().orElseThrow().object("object");
        net.document(ALICE.note(1), Documents.write(newer.orElseThrow().node()));
        assertThat(post(MALLORY, update).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.received.getFirst().body().text()).contains("newer").doesNotContain("older");
    }

    @Test
    void aForwardedActivityThatWasChangedIsAskedForAtItsOrigin() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, proven(ALICE.create(1, "hello")).replace("hello", "bye")));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aProofWithTheMessengersOwnKeyProvesNothing() {
        net.document(MALLORY.actor(), Documents.write(MALLORY.documentWithProofKey()));
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, MALLORY.proven(ALICE.create(1, "forged"), bridge.clock.instant())));
    }

    @Test
    void aProofWithTheKeyForRequestsProvesNothing() {
        net.document(ALICE.actor(), Documents.write(ALICE.document()));
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, proven(ALICE.create(1, "hello"))));
    }

    @Test
    void aFollowIsNotRepeatedByOthersHoweverProven() {
        String follow = proven(ALICE.activity("Follow", "\"" + Bridge.BASE + "/ap/actors/nostr\""));
        dropped(post(MALLORY, follow));
        refused(post(MALLORY, follow), 401);
    }

    @Test
    void aProofWhoseKeyCannotBeAskedForNowWaits() {
        meet(MALLORY);
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        dropped(post(MALLORY, proven(ALICE.create(1, "hello"))));
        net.document(ALICE.actor(), Documents.write(ALICE.documentWithProofKey()));
        bridge.clock.advance(Duration.ofMinutes(2));
        bridge.background.pulse();
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void aRequestMayBeSignedWithEd25519() {
        String body = ALICE.create(1, "hi");
        var headers =
                ALICE.signedWithRfc9421(INBOX, body, bridge.clock.instant(), ALICE.proofKeyId(), ALICE::signEd25519);
        bridge.post(INBOX, headers, body);
        bridge.background.run();
        assertThat(bridge.received).as("it says that it is signed with RSA").isEmpty();
        headers.put(
                "signature-input",
                List.of(headers.get("signature-input").getFirst().replace(";alg=\"rsa-v1_5-sha256\"", "")));
        String base = """
            "@method": POST
            "@target-uri": %s
            "@authority": ap.bridge.example
            "content-digest": %s
            "content-type": application/activity+json
            "@signature-params": %s\
            """.formatted(
                        INBOX,
                        headers.get("content-digest").getFirst(),
                        headers.get("signature-input").getFirst().substring("sig1=".length()));
        headers.put(
                "signature",
                List.of("sig1=:"
                        + Base64.getEncoder().encodeToString(ALICE.signEd25519(base.getBytes(StandardCharsets.UTF_8)))
                        + ":"));
        assertThat(bridge.post(INBOX, headers, body).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void whatOurActorsSendIsProvenByTheKeyTheyShow() {
        var ghost = bridge.ghost(new NativeId(Network.NOSTR, "ca".repeat(32)), "carol@site.example");
        String like =
                "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"id\":\"%s/ap/likes/1\",\"type\":\"Like\",\"actor\":\"%s\",\"object\":\"%s\"}"
                        .formatted(Bridge.BASE, ghost.value(), ALICE.note(1));
        net.serve("social.example", (_, _, _, _) -> HttpReply.of(202));
        bridge.connector.deliver(
                new NativeDraft(Optional.of(ghost), Optional.empty(), List.of(like)),
                new Destination(Network.ACTIVITYPUB, ALICE.sharedInbox()));
        As2 sent =
                Documents.parse(LocalNet.text(net.requests.getLast())).found().orElseThrow();
        As2 shown = Documents.parse(
                        Router.text(bridge.get(URI.create(ghost.value()).getRawPath())))
                .found()
                .orElseThrow();
        As2 method = shown.object("assertionMethod").orElseThrow();
        assertThat(method.ref("controller")).contains(ghost.value());
        var proofs = IntegrityProof.of(sent, bridge.clock.instant());
        assertThat(proofs).hasSize(1);
        assertThat(method.id()).contains(proofs.getFirst().verificationMethod());
        byte[] key = Multibase.decode(method.text("publicKeyMultibase").orElseThrow())
                .orElseThrow();
        assertThat(Cryptography.portable()
                        .verify(
                                SignatureScheme.ED25519,
                                Arrays.copyOfRange(key, 2, 34),
                                proofs.getFirst().message(),
                                proofs.getFirst().signature()))
                .isTrue();
    }
}
