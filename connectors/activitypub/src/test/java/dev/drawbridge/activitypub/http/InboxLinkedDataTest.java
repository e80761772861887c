package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Activities that are signed as linked data: by relays, forwarded, or with nobody's signature on the request.
class InboxLinkedDataTest extends InboxFixture {
    private String signed(String activity) {
        return ALICE.signedAsLinkedData(activity, bridge.clock.instant());
    }

    private HttpReply unsigned(String body) {
        HttpReply reply = bridge.post(INBOX, Map.of(), body);
        bridge.background.run();
        return reply;
    }

    @Test
    void aForwardedActivityIsTakenWithoutAskingItsOrigin() {
        assertThat(post(MALLORY, signed(ALICE.create(1, "hello"))).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.received.getFirst().body().text()).contains("\"content\":\"hello\"");
        assertThat(net.asked(ALICE.note(1))).isZero();
    }

    @Test
    void aForwardedActivityThatWasChangedIsAskedForAtItsOrigin() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, signed(ALICE.create(1, "hello")).replace("hello", "bye")));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void whatTheSignatureDoesNotCoverIsAskedForAtItsOrigin() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        String create = signed(ALICE.create(1, "hello"));
        dropped(post(
                MALLORY, create.replace("\"type\":\"Note\"", "\"type\":\"Note\",\"quoteUrl\":\"https://a.example/\"")));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void anUnknownContextIsNotFetched() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        String create = signed(ALICE.create(1, "hello"))
                .replace(
                        "\"@context\":\"https://www.w3.org/ns/activitystreams\"",
                        "\"@context\":[\"https://www.w3.org/ns/activitystreams\",\"https://evil.example/context\"]");
        dropped(post(MALLORY, create));
        assertThat(net.asked("https://evil.example/context")).isZero();
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aPostForFollowersIsNotMadePublicOnItsWay() {
        String followers = "[\"" + ALICE.actor() + "/followers\"]";
        String create = signed(ALICE.create(1, "hello")
                .replace("[\"https://www.w3.org/ns/activitystreams#Public\"]", followers)
                .replaceFirst(",\\s*\"cc\":\\[[^]]*]", ""));
        dropped(post(MALLORY, create.replace(followers, followers.replace("]", ",\"Public\"]"))));
        assertThat(net.requests).extracting(r -> r.uri().toString()).doesNotContain(ALICE.note(1));
    }

    @Test
    void aSignatureOfTheMessengerProvesNothing() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, MALLORY.signedAsLinkedData(ALICE.create(1, "forged"), bridge.clock.instant())));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aSignatureOfANeighbourProvesNothing() {
        var bob = new RemoteServer("social.example", "bob").on(net);
        net.fix(ALICE.note(1), HttpReply.of(404));
        dropped(post(MALLORY, bob.signedAsLinkedData(ALICE.create(1, "forged"), bridge.clock.instant())));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aForwardedDeleteIsActedOn() {
        post(MALLORY, signed(ALICE.activity("Delete", "\"" + ALICE.note(1) + "\"")));
        assertThat(bridge.received).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.DELETE);
        assertThat(net.asked(ALICE.note(1))).isZero();
    }

    @Test
    void anEditIsAskedForAtItsOriginLestAnOldOneIsRepeated() {
        String create = ALICE.create(1, "older");
        String update = signed(create.replace("\"Create\"", "\"Update\"").replace("/activity\"", "#update-1\""));
        var newer =
                Documents.parse(ALICE.create(1, "newer")).found().orElseThrow().object("object");
        net.document(ALICE.note(1), Documents.write(newer.orElseThrow().node()));
        unsigned(update);
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.received.getFirst().body().text()).contains("newer").doesNotContain("older");
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aFollowIsNotRepeatedByOthersHoweverSigned() {
        String follow = signed(ALICE.activity("Follow", "\"" + Bridge.BASE + "/ap/actors/nostr\""));
        dropped(post(MALLORY, follow));
        refused(post(MALLORY, follow), 401);
        refused(unsigned(follow), 401);
    }

    @Test
    void anOldSignatureIsNotBelieved() {
        net.fix(ALICE.note(1), HttpReply.of(404));
        String create = signed(ALICE.create(1, "hello"));
        bridge.clock.advance(Duration.ofDays(3));
        dropped(post(MALLORY, create));
        assertThat(net.asked(ALICE.note(1))).isEqualTo(1);
    }

    @Test
    void aKeyThatWasChangedIsAskedForAgain() {
        var before = new RemoteServer("social.example", "alice");
        before.on(net);
        bridge.people.add(ap(before.actor()));
        post(before, before.create(998, "old key"));
        bridge.received.clear();
        ALICE.on(net);
        bridge.clock.advance(Duration.ofMinutes(5));
        post(MALLORY, signed(ALICE.create(1, "new key")));
        assertThat(bridge.received).hasSize(1);
        assertThat(net.asked(ALICE.note(1))).isZero();
    }

    @Test
    void withoutAnySignatureOfTheRequestItIsTakenToo() {
        assertThat(unsigned(signed(ALICE.create(1, "hello"))).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void anIntegrityProofDoesAsWell() {
        net.document(ALICE.actor(), Documents.write(ALICE.documentWithProofKey()));
        String create = ALICE.proven(ALICE.create(1, "hello"), bridge.clock.instant());
        assertThat(unsigned(create).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void forAChangedActivityThatNobodyBringsItsOriginIsNotAsked() {
        dropped(unsigned(signed(ALICE.create(1, "hello")).replace("hello", "bye")));
        assertThat(net.asked(ALICE.note(1))).isZero();
    }

    @Test
    void aSignatureWhoseKeyCannotBeAskedForNowWaits() {
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        dropped(unsigned(signed(ALICE.create(1, "hello"))));
        ALICE.on(net);
        bridge.clock.advance(Duration.ofMinutes(2));
        bridge.background.pulse();
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void whatNobodySignedDoesNotHoldUpWhatSheSigned() {
        meet(ALICE);
        bridge.post(INBOX, Map.of(), signed(ALICE.create(1, "hello")).replace("hello", "bye"));
        bridge.post(
                INBOX, ALICE.signed(INBOX, ALICE.create(2, "mine"), bridge.clock.instant()), ALICE.create(2, "mine"));
        assertThat(bridge.received).as("at once").hasSize(1);
        bridge.background.run();
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void strangersAreForgottenBeforeAnythingIsComputed() {
        bridge.people.clear();
        assertThat(unsigned(signed(ALICE.create(1, "hello"))).status()).isEqualTo(202);
        assertThat(bridge.received).isEmpty();
        assertThat(net.requests).isEmpty();
    }
}
