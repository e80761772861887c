package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Whom the inbox believes: signatures, the keys behind them, and what is said in somebody else's name.
class InboxAuthenticityTest extends InboxFixture {
    @Test
    void whatIsNotSignedIsUnauthorised() {
        refused(bridge.post(INBOX, new HashMap<>(), ALICE.create(1, "hi")), 401);
    }

    @Test
    void aSignatureBySomebodyElsesKeyIsUnauthorised() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, ALICE.create(1, "forged")));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aSignatureUnderSomebodyElsesNameIsUnauthorised() {
        meet(ALICE);
        String body = ALICE.create(1, "forged");
        var headers = MALLORY.signed(INBOX, body, bridge.clock.instant());
        headers.put("signature", List.of(headers.get("signature").getFirst().replace(MALLORY.keyId(), ALICE.keyId())));
        refused(bridge.post(INBOX, headers, body), 401);
    }

    @Test
    void aSignatureUnderTheNameOfSomebodyNewIsDropped() {
        String body = ALICE.create(1, "forged");
        var headers = MALLORY.signed(INBOX, body, bridge.clock.instant());
        headers.put("signature", List.of(headers.get("signature").getFirst().replace(MALLORY.keyId(), ALICE.keyId())));
        dropped(bridge.post(INBOX, headers, body));
        assertThat(net.asked(ALICE.actor())).isEqualTo(1);
    }

    @Test
    void aBodyChangedOnTheWayIsUnauthorised() {
        String body = ALICE.create(1, "hello");
        var headers = ALICE.signed(INBOX, body, bridge.clock.instant());
        refused(bridge.post(INBOX, headers, body.replace("hello", "bye")), 401);
    }

    @Test
    void aBodyAndDigestChangedOnTheWayAreUnauthorised() {
        meet(ALICE);
        String body = ALICE.create(1, "hello");
        var headers = ALICE.signed(INBOX, body, bridge.clock.instant());
        String other = body.replace("hello", "bye");
        headers.put(
                "digest", MALLORY.signed(INBOX, other, bridge.clock.instant()).get("digest"));
        refused(bridge.post(INBOX, headers, other), 401);
    }

    @Test
    void aRequestMeantForAnotherServerCannotBeRepeatedHere() {
        meet(ALICE);
        String body = ALICE.create(1, "hi");
        var headers = ALICE.signed("https://other.example/ap/inbox", body, bridge.clock.instant());
        refused(bridge.post(INBOX, headers, body), 401);
    }

    @Test
    void aRequestOfYesterdayIsUnauthorised() {
        String body = ALICE.create(1, "hi");
        var headers = ALICE.signed(INBOX, body, bridge.clock.instant().minus(Duration.ofHours(20)));
        refused(bridge.post(INBOX, headers, body), 401);
    }

    @Test
    void aRequestFromTheFutureIsUnauthorised() {
        String body = ALICE.create(1, "hi");
        var headers = ALICE.signed(INBOX, body, bridge.clock.instant().plus(Duration.ofHours(2)));
        refused(bridge.post(INBOX, headers, body), 401);
    }

    @Test
    void aKeyThatCannotBeAskedForNowIsOurProblemNotTheirs() {
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        dropped(post(ALICE, ALICE.create(1, "hi")));
        ALICE.on(net);
        bridge.clock.advance(Duration.ofMinutes(2));
        bridge.background.pulse();
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void aKeyThatIsNotThereIsTheirProblem() {
        net.fix(ALICE.actor(), HttpReply.of(404));
        dropped(post(ALICE, ALICE.create(1, "hi")));
        refused(post(ALICE, ALICE.create(2, "hi")), 401);
    }

    @Test
    void aChangedKeyIsAskedForAgain() {
        post(ALICE, ALICE.create(1, "hi"));
        var renewed = new RemoteServer("social.example", "alice").on(net);
        bridge.clock.advance(Duration.ofMinutes(5));
        assertThat(post(renewed, renewed.create(2, "new key")).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(2);
    }

    @Test
    void wrongSignaturesDoNotMakeUsAskAgainAndAgain() {
        post(ALICE, ALICE.create(1, "hi"));
        var other = new RemoteServer("social.example", "alice");
        for (int i = 0; i < 5; i++) {
            assertThat(post(other, other.create(2, "forged")).status()).isEqualTo(401);
        }
        assertThat(net.asked(ALICE.actor())).isEqualTo(1);
    }

    @Test
    void theEndOfAnAccountWeNeverKnewIsAcceptedWithoutAskingAnybody() {
        bridge.people.clear();
        assertThat(post(ALICE, ALICE.activity("Delete", "\"" + ALICE.actor() + "\""))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received).isEmpty();
        assertThat(net.requests).isEmpty();
    }

    @Test
    void theEndOfAKnownAccountIsBelievedIfItsKeyIsGone() {
        net.fix(ALICE.actor(), HttpReply.of(410));
        assertThat(post(ALICE, ALICE.activity("Delete", "\"" + ALICE.actor() + "\""))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.DELETE_ACCOUNT);
    }

    @Test
    void theEndOfAFollowersAccountConcernsUsToo() {
        var ghost = new NativeId(Network.NOSTR, "ab");
        bridge.follows.put(
                new Follows.Edge(ap(ALICE.actor()), ghost, ap(ALICE.actor() + "#f"), Optional.empty(), true));
        post(ALICE, ALICE.activity("Delete", "\"" + ALICE.actor() + "\""));
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void theEndOfAKnownAccountIsNotBelievedIfItsKeyWasNeverThere() {
        net.fix(ALICE.actor(), HttpReply.of(404));
        dropped(post(ALICE, ALICE.activity("Delete", "\"" + ALICE.actor() + "\"")));
        refused(post(ALICE, ALICE.activity("Delete", "\"" + ALICE.actor() + "\"")), 401);
    }

    @Test
    void aGoneKeyOfAnotherHostProvesNothing() {
        net.fix(MALLORY.actor(), HttpReply.of(410));
        dropped(post(MALLORY, ALICE.activity("Delete", "\"" + ALICE.actor() + "\"")));
        refused(post(MALLORY, ALICE.activity("Delete", "\"" + ALICE.actor() + "\"")), 401);
    }

    @Test
    void aForwardedNoteIsTakenFromItsOriginNotFromTheMessenger() {
        String note =
                "{\"id\":\"%s\",\"type\":\"Note\",\"attributedTo\":\"%s\",\"content\":\"true\",\"to\":\"as:Public\"}"
                        .formatted(ALICE.note(1), ALICE.actor());
        net.document(ALICE.note(1), note);
        assertThat(post(MALLORY, ALICE.create(1, "false")).status()).isEqualTo(202);
        assertThat(bridge.received.getFirst().body().text()).contains("true").doesNotContain("false");
    }

    @Test
    void aForwardedDeleteCountsIfTheObjectIsGone() {
        net.fix(ALICE.note(1), HttpReply.of(410));
        assertThat(post(MALLORY, ALICE.activity("Delete", "\"" + ALICE.note(1) + "\""))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void aForwardedDeleteDoesNotCountIfTheObjectStands() {
        net.document(ALICE.note(1), "{\"id\":\"" + ALICE.note(1) + "\",\"type\":\"Note\"}");
        dropped(post(MALLORY, ALICE.activity("Delete", "\"" + ALICE.note(1) + "\"")));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void nobodyFollowsInSomebodyElsesName() {
        dropped(post(MALLORY, ALICE.activity("Follow", "\"" + Bridge.BASE + "/ap/actors/nostr\"")));
        refused(post(MALLORY, ALICE.activity("Follow", "\"" + Bridge.BASE + "/ap/actors/nostr\"")), 401);
    }

    @Test
    void aKeyThatItsActorDoesNotListIsNotTheirs() {
        var actor = ALICE.document();
        actor.putObject("publicKey")
                .put("id", ALICE.actor() + "#other")
                .put("owner", ALICE.actor())
                .put("publicKeyPem", "");
        net.document(ALICE.actor(), Documents.write(actor));
        dropped(post(ALICE, ALICE.create(1, "hi")));
        refused(post(ALICE, ALICE.create(2, "hi")), 401);
    }

    @Test
    void aKeyAtAnAddressOfItsOwnLeadsToItsActor() {
        String keyId = ALICE.actor() + "/main-key";
        var actor = ALICE.document();
        ((tools.jackson.databind.node.ObjectNode) actor.path("publicKey")).put("id", keyId);
        net.document(ALICE.actor(), Documents.write(actor));
        var stub = actor.deepCopy();
        stub.remove("inbox");
        net.document(keyId, Documents.write(stub));
        String body = ALICE.create(1, "from GoToSocial");
        var headers = new HashMap<String, List<String>>();
        dev.drawbridge.activitypub.object.signature.CavageSignature.sign(
                        "POST",
                        java.net.URI.create(INBOX),
                        "application/activity+json",
                        body.getBytes(),
                        keyId,
                        bridge.clock.instant(),
                        ALICE::sign)
                .forEach((n, v) -> headers.put(n.toLowerCase(java.util.Locale.ROOT), List.of(v)));
        assertThat(bridge.post(INBOX, headers, body).status()).isEqualTo(202);
        bridge.background.run();
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.post(INBOX, headers, body).status()).isEqualTo(202);
        assertThat(bridge.received).as("the owner of the key is known now").hasSize(2);
    }

    @Test
    void nobodyUpdatesSomebodyElse() {
        String update = ALICE.activity(
                "Update", "{\"id\":\"" + MALLORY.actor() + "\",\"type\":\"Person\",\"name\":\"taken over\"}");
        refused(post(ALICE, update), 400);
    }

    @Test
    void manyRequestsAtOnceAskForOneKeyOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                threads.submit(() -> post(ALICE, ALICE.create(number, "hi")));
            }
        }
        assertThat(bridge.received).hasSize(20);
        assertThat(net.asked(ALICE.actor())).isEqualTo(1);
    }

    @Test
    void headersMadeToCostTimeCostNone() {
        String letters = "a".repeat(200_000);
        for (String signature : List.of(letters, letters + " ".repeat(200_000), letters + "=", "a=\"".repeat(50_000))) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused("signature", signature));
        }
        String inputs = "sig1=(" + "\"@method\" ".repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused("signature-input", inputs));
    }

    private void refused(String header, String value) {
        var headers = ALICE.signed(INBOX, "{}", bridge.clock.instant());
        headers.put(header, List.of(value));
        assertThat(bridge.post(INBOX, headers, "{}").status()).isEqualTo(401);
    }
}
