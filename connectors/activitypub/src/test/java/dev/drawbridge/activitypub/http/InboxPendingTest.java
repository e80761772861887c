package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.time.Instant;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// What the inbox accepts before it can verify it.
class InboxPendingTest extends InboxFixture {

    /// A signed request, with whatever it leaves to do not done.
    private HttpReply arrive(RemoteServer sender, String body) {
        return bridge.post(INBOX, sender.signed(INBOX, body, bridge.clock.instant()), body);
    }

    private long pending() {
        return database.getCollection("activitypub_pending").countDocuments();
    }

    private void later(Duration time) {
        bridge.clock.advance(time);
        bridge.background.pulse();
    }

    @Test
    void acceptedIsSaidAfterTheRequestIsDurableAndBeforeAnybodyIsAsked() {
        assertThat(arrive(ALICE, ALICE.create(1, "hi")).status()).isEqualTo(202);
        assertThat(net.requests).isEmpty();
        assertThat(bridge.received).isEmpty();
        assertThat(pending()).isEqualTo(1);
        bridge.background.run();
        assertThat(bridge.received).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void aKnownKeyNeedsNeitherStoreNorBackground() {
        meet(ALICE);
        assertThat(arrive(ALICE, ALICE.create(1, "hi")).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
        assertThat(pending()).isZero();
        assertThat(net.requests).isEmpty();
    }

    @Test
    void whatIsNothingToUsIsNotKeptUntilItIsVerified() {
        assertThat(arrive(MALLORY, MALLORY.create(1, "hi")).status()).isEqualTo(202);
        assertThat(pending()).isZero();
        bridge.background.run();
        assertThat(net.requests).isEmpty();
    }

    @Test
    void aRequestToOneOfOursIsKeptWhoeverMakesIt() {
        arrive(MALLORY, MALLORY.activity("Follow", "\"" + Bridge.BASE + "/ap/actors/nostr\""));
        assertThat(pending()).isEqualTo(1);
        bridge.background.run();
        assertThat(bridge.received).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.FOLLOW);
    }

    @Test
    void aRestartTakesUpWhatWaits() {
        Instant arrived = bridge.clock.instant();
        arrive(ALICE, ALICE.create(1, "hi"));
        bridge.connector.stop();
        var next = new Bridge(database, net);
        next.people.add(ap(ALICE.actor()));
        next.clock.advance(Duration.ofHours(20));
        next.background.run();
        assertThat(next.received).hasSize(1);
        assertThat(next.received.getFirst().receivedAt()).isEqualTo(arrived);
        assertThat(pending()).isZero();
    }

    @Test
    void theAgeOfASignatureIsThatOfItsArrival() {
        net.fail(ALICE.actor(), Failure.UNREACHABLE);
        arrive(ALICE, ALICE.create(1, "hi"));
        bridge.background.run();
        later(Duration.ofHours(10));
        assertThat(bridge.received).isEmpty();
        ALICE.on(net);
        later(Duration.ofHours(1));
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void anOriginThatDoesNotAnswerIsAskedForADayLessAndLessOften() {
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        arrive(ALICE, ALICE.create(1, "hi"));
        for (int minute = 0; minute < 25 * 60; minute++) {
            later(Duration.ofMinutes(1));
        }
        assertThat(net.asked(ALICE.actor())).isBetween(25L, 40L);
        assertThat(pending()).isZero();
        assertThat(bridge.received).isEmpty();
    }

    @Test
    void whatOneActorDoesStaysInOrder() {
        meet(ALICE);
        net.fail(ALICE.note(1), Failure.TIMEOUT);
        arrive(ALICE, ALICE.activity("Create", "\"" + ALICE.note(1) + "\""));
        bridge.background.run();
        arrive(ALICE, ALICE.create(2, "second"));
        arrive(ALICE, ALICE.activity("Delete", "\"" + ALICE.note(1) + "\""));
        bridge.background.run();
        assertThat(bridge.received).isEmpty();
        net.document(
                ALICE.note(1),
                "{\"id\":\"%s\",\"type\":\"Note\",\"attributedTo\":\"%s\",\"content\":\"first\",\"to\":\"as:Public\"}"
                        .formatted(ALICE.note(1), ALICE.actor()));
        later(Duration.ofMinutes(1));
        assertThat(bridge.received)
                .extracting(NativeEvent::kind)
                .containsExactly(NativeEvent.Kind.POST, NativeEvent.Kind.POST, NativeEvent.Kind.DELETE);
        assertThat(bridge.received.getFirst().body().text()).contains("first");
        assertThat(pending()).isZero();
    }

    @Test
    void whatOthersSayInHerNameDoesNotHoldHerUp() {
        meet(ALICE);
        net.fail(MALLORY.actor(), Failure.TIMEOUT);
        arrive(MALLORY, ALICE.create(1, "forged"));
        bridge.background.run();
        assertThat(arrive(ALICE, ALICE.create(2, "hi")).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void aForgedRequestDoesNotTakeThePlaceOfTheGenuineOne() {
        var forger = new RemoteServer("social.example", "alice");
        arrive(forger, ALICE.create(1, "hi"));
        arrive(ALICE, ALICE.create(1, "hi"));
        assertThat(pending()).isEqualTo(2);
        bridge.background.run();
        assertThat(bridge.received).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void theSameRequestTwiceIsKeptOnce() {
        String body = ALICE.create(1, "hi");
        var headers = ALICE.signed(INBOX, body, bridge.clock.instant());
        bridge.post(INBOX, headers, body);
        assertThat(bridge.post(INBOX, headers, body).status()).isEqualTo(202);
        assertThat(pending()).isEqualTo(1);
        bridge.background.run();
        assertThat(bridge.received).hasSize(1);
    }

    @Test
    void aBusyEngineIsAskedAgain() {
        bridge.receipt = new Receipt.Busy(Duration.ofSeconds(20));
        arrive(ALICE, ALICE.create(1, "hi"));
        bridge.background.run();
        assertThat(pending()).isEqualTo(1);
        bridge.receipt = new Receipt.Accepted();
        bridge.received.clear();
        later(Duration.ofSeconds(19));
        assertThat(bridge.received).isEmpty();
        later(Duration.ofSeconds(2));
        assertThat(bridge.received).hasSize(1);
        assertThat(pending()).isZero();
    }

    @Test
    void oneHostCannotFillTheHouse() {
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        net.fail(MALLORY.actor(), Failure.TIMEOUT);
        String large = ALICE.create(1, "x".repeat(900_000));
        HttpReply reply = arrive(ALICE, large);
        int kept = 0;
        while (reply.status() == 202) {
            kept++;
            bridge.clock.advance(Duration.ofSeconds(1));
            reply = arrive(ALICE, large);
        }
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsEntry("Retry-After", "60");
        assertThat(pending()).isEqualTo(kept).isEqualTo(35);
        assertThat(arrive(MALLORY, MALLORY.activity("Follow", "\"" + Bridge.BASE + "/ap/actors/nostr\""))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void anotherInstanceTakesUpWhatACrashedOneLeft() {
        arrive(ALICE, ALICE.create(1, "hi"));
        var other = new Bridge(database, net);
        other.background.run();
        assertThat(other.received).hasSize(1);
        bridge.background.run();
        assertThat(bridge.received).isEmpty();
        assertThat(pending()).isZero();
    }

    @Test
    void whatLiesInTheStoreIsTheRequestAndNothingOfTheConnection() {
        arrive(ALICE, ALICE.create(1, "hi"));
        Document kept = database.getCollection("activitypub_pending").find().first();
        assertThat(kept).isNotNull();
        assertThat(kept.keySet())
                .containsExactlyInAnyOrder(
                        "_id",
                        "lane",
                        "host",
                        "generation",
                        "keyId",
                        "scheme",
                        "messages",
                        "signature",
                        "body",
                        "followers",
                        "size",
                        "arrivedAt",
                        "attempts",
                        "next");
    }
}
