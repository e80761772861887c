package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.wire.Deliverer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the inbox takes, hands on, completes, forgets and refuses, whoever it is that speaks.
class InboxEndpointTest extends InboxFixture {
    @Test
    void aSignedCreateIsHandedOnAndAcceptedOnlyThen() {
        assertThat(post(ALICE, ALICE.create(1, "<p>hi</p>")).status()).isEqualTo(202);
        NativeEvent event = bridge.received.getFirst();
        assertThat(event.id().value()).isEqualTo(ALICE.note(1) + "/activity");
        assertThat(event.author()).isEqualTo(ap(ALICE.actor()));
        assertThat(event.kind()).isEqualTo(NativeEvent.Kind.POST);
        assertThat(event.receivedAt()).isEqualTo(bridge.clock.instant());
    }

    @Test
    void theSameActivityTwiceHasTheSameId() {
        post(ALICE, ALICE.create(1, "hi"));
        post(ALICE, ALICE.create(1, "hi"));
        assertThat(bridge.received)
                .extracting(NativeEvent::id)
                .hasSize(2)
                .containsOnly(ap(ALICE.note(1) + "/activity"));
    }

    @Test
    void anActivityWithoutIdGetsTheSameOneEachTime() {
        String like = "{\"type\":\"Like\",\"actor\":\"" + ALICE.actor() + "\",\"object\":\"" + Bridge.BASE
                + "/ap/objects/nostr/1\"}";
        post(ALICE, like);
        post(ALICE, like);
        assertThat(bridge.received).extracting(NativeEvent::id).hasSize(2);
        assertThat(bridge.received.get(0).id()).isEqualTo(bridge.received.get(1).id());
        assertThat(bridge.received.getFirst().id().value()).startsWith(ALICE.actor() + "#Like-");
    }

    @Test
    void anIdOnAnotherHostIsNotBelieved() {
        String create = ALICE.create(1, "hi").replace(ALICE.note(1) + "/activity", "https://victim.example/activity/1");
        post(ALICE, create);
        assertThat(bridge.received.getFirst().id().value()).startsWith(ALICE.actor() + "#Create-");
    }

    @Test
    void tenMegabytesAreTooMuch() {
        String body = ALICE.create(1, "x".repeat(10_000_000));
        refused(post(ALICE, body), 413);
        assertThat(net.requests).isEmpty();
    }

    @Test
    void deepNestingIsMalformed() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        refused(post(ALICE, deep), 400);
        String deeper = ALICE.activity("Follow", "{\"object\":".repeat(60) + "1" + "}".repeat(60));
        refused(post(ALICE, deeper), 400);
        assertThat(net.requests).isEmpty();
    }

    @Test
    void whatIsNotJsonIsMalformed() {
        refused(post(ALICE, "hello"), 400);
        refused(post(ALICE, "[]"), 400);
        refused(post(ALICE, ""), 401);
        refused(post(ALICE, "{\"type\":\"Follow\""), 400);
        refused(post(ALICE, "{\"type\":\"Follow\"}"), 400);
        refused(post(ALICE, "{\"type\":\"Follow\",\"actor\":\"" + ALICE.actor() + "\"}"), 400);
    }

    @Test
    void unknownTypesAreAcceptedAndForgottenWithoutAskingAnybody() {
        assertThat(post(ALICE, ALICE.activity("Bite", "\"" + Bridge.BASE + "/ap/actors/nostr\""))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received).isEmpty();
        assertThat(net.requests).isEmpty();
    }

    @Test
    void whatIsNotPublicIsAcceptedAndForgotten() {
        String direct = ALICE.create(1, "secret")
                .replace("https://www.w3.org/ns/activitystreams#Public", Bridge.BASE + "/ap/actors/nostr");
        assertThat(post(ALICE, direct).status()).isEqualTo(202);
        assertThat(bridge.received).isEmpty();
    }

    @Test
    void whatTheGateIgnoresIsStillAccepted() {
        bridge.receipt = new Receipt.Ignored("not ours");
        assertThat(post(ALICE, ALICE.create(1, "hi")).status()).isEqualTo(202);
    }

    @Test
    void aFullHouseAsksToComeAgain() {
        meet(ALICE);
        bridge.receipt = new Receipt.Busy(Duration.ofSeconds(7));
        HttpReply reply = post(ALICE, ALICE.create(1, "hi"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsEntry("Retry-After", "7");
    }

    @Test
    void beforeTheBridgeRunsItAsksToComeAgain() {
        bridge.connector.stop();
        refused(post(ALICE, ALICE.create(1, "hi")), 503);
    }

    @Test
    void aCreateWithoutItsNoteIsAskedForAtItsOrigin() {
        String note =
                "{\"id\":\"%s\",\"type\":\"Note\",\"attributedTo\":\"%s\",\"content\":\"there\",\"to\":\"as:Public\"}"
                        .formatted(ALICE.note(5), ALICE.actor());
        net.document(ALICE.note(5), note);
        assertThat(post(ALICE, ALICE.activity("Create", "\"" + ALICE.note(5) + "\""))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received.getFirst().body().text()).contains("\"content\":\"there\"");
    }

    @Test
    void whatAnotherBridgeMadeIsAcceptedAndForgotten() {
        var bridged = new RemoteServer("mostr.pub", "bob").on(net);
        assertThat(post(bridged, bridged.create(1, "from Nostr")).status()).isEqualTo(202);
        assertThat(bridge.received).isEmpty();
    }

    @Test
    void personalInboxesBelongToSomebody() {
        String ghost = bridge.ghost(new NativeId(Network.NOSTR, "ab".repeat(32)), "carol@site.example")
                .value();
        assertThat(bridge.post(ALICE, ghost + "/inbox", ALICE.activity("Follow", "\"" + ghost + "\""))
                        .status())
                .isEqualTo(202);
        assertThat(bridge.received.getFirst().names()).containsExactly(ap(ghost));
        assertThat(bridge.post(ALICE, Bridge.BASE + "/ap/actors/nobody/inbox", ALICE.create(1, "hi"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void anUpdateOfAnActorByIdAloneIsAskedFor() {
        post(ALICE, ALICE.activity("Update", "\"" + ALICE.actor() + "\""));
        assertThat(bridge.received.getFirst().kind()).isEqualTo(NativeEvent.Kind.PROFILE);
        assertThat(bridge.received.getFirst().body().text()).contains("preferredUsername");
    }

    @Test
    void anAnswerThatNamesOurFollowByIdAloneIsCompleted() {
        var carol = new NativeId(Network.NOSTR, "ca".repeat(32));
        var ghost = bridge.ghost(carol, "carol@site.example");
        String follow = Bridge.BASE + "/ap/follows/nostr/1";
        String document = "{\"id\":\"%s\",\"type\":\"Follow\",\"actor\":\"%s\",\"object\":\"%s\"}"
                .formatted(follow, ghost.value(), ALICE.actor());
        bridge.connector.deliver(
                new NativeDraft(Optional.of(ghost), Optional.empty(), List.of(document)), Deliverer.outbox(carol));
        assertThat(post(ALICE, ALICE.activity("Accept", "\"" + follow + "\"")).status())
                .isEqualTo(202);
        assertThat(bridge.received.getFirst().names()).containsExactlyInAnyOrder(ghost, ap(follow));
    }
}
