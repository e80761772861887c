package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// A move counts if the old account signed it and both accounts say so at that moment; anything less leaves no trace.
class InboxMoveTest extends InboxFixture {
    private static final RemoteServer THERE = new RemoteServer("new.example", "alice");
    private int serial;

    @BeforeEach
    void bothAccountsAgree() {
        says(ALICE, "movedTo", THERE.actor());
        says(THERE, "alsoKnownAs", ALICE.actor());
    }

    private void says(RemoteServer server, String property, String other) {
        ObjectNode document = server.document().put(property, other);
        net.document(server.actor(), Documents.write(document));
    }

    private String move(RemoteServer from, String target) {
        return """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"%s#move-%d","type":"Move","actor":"%s",
             "object":"%s","target":"%s","to":["%s/followers"]}
            """.formatted(from.actor(), ++serial, from.actor(), from.actor(), target, from.actor());
    }

    private void later(Duration time) {
        bridge.clock.advance(time);
        bridge.background.pulse();
    }

    private void moved(RemoteServer from) {
        assertThat(bridge.received)
                .extracting(NativeEvent::kind, NativeEvent::author)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(NativeEvent.Kind.MOVE, ap(from.actor())));
        bridge.received.clear();
    }

    @Test
    void aMoveThatBothAccountsConfirmIsHandedOn() {
        assertThat(post(ALICE, move(ALICE, THERE.actor())).status()).isEqualTo(202);
        moved(ALICE);
    }

    @Test
    void whatWasKnownOfTheAccountsBeforeDoesNotCount() {
        THERE.on(net);
        bridge.people.add(ap(THERE.actor()));
        meet(THERE);
        says(THERE, "alsoKnownAs", ALICE.actor());
        post(ALICE, move(ALICE, THERE.actor()));
        moved(ALICE);
    }

    @Test
    void theIdOfAMoveIsNoPassForAnother() {
        post(ALICE, move(ALICE, THERE.actor()));
        moved(ALICE);
        says(ALICE, "movedTo", MALLORY.actor());
        says(MALLORY, "alsoKnownAs", ALICE.actor());
        serial--;
        dropped(post(ALICE, move(ALICE, MALLORY.actor())));
    }

    @Test
    void withoutTheWordOfTheNewAccountItIsNone() {
        says(THERE, "alsoKnownAs", MALLORY.actor());
        dropped(post(ALICE, move(ALICE, THERE.actor())));
        THERE.on(net);
        dropped(post(ALICE, move(ALICE, THERE.actor())));
    }

    @Test
    void withoutTheWordOfTheOldAccountItIsNone() {
        says(ALICE, "movedTo", MALLORY.actor());
        dropped(post(ALICE, move(ALICE, THERE.actor())));
    }

    @Test
    void nobodyMovesSomebodyElse() {
        says(MALLORY, "alsoKnownAs", ALICE.actor());
        says(ALICE, "alsoKnownAs", MALLORY.actor());
        dropped(post(MALLORY, move(ALICE, MALLORY.actor())));
        var forger = new RemoteServer("social.example", "alice");
        dropped(post(forger, move(ALICE, MALLORY.actor())));
        String other = move(MALLORY, MALLORY.actor())
                .replace("\"object\":\"" + MALLORY.actor(), "\"object\":\"" + ALICE.actor());
        refused(post(MALLORY, other), 400);
    }

    @Test
    void anEmbeddedAccountIsNoProof() {
        THERE.on(net);
        String lie = move(ALICE, THERE.actor())
                .replace(
                        "\"target\":\"" + THERE.actor() + "\"",
                        "\"target\":{\"id\":\"" + THERE.actor() + "\",\"type\":\"Person\",\"alsoKnownAs\":[\""
                                + ALICE.actor() + "\"]}");
        dropped(post(ALICE, lie));
        String whole = move(ALICE, THERE.actor())
                .replace(
                        "\"object\":\"" + ALICE.actor() + "\"",
                        "\"object\":{\"id\":\"" + ALICE.actor() + "\",\"type\":\"Person\"}");
        dropped(post(ALICE, whole));
    }

    @Test
    void nobodyMovesToThemselvesNorToOneOfOurs() {
        says(ALICE, "alsoKnownAs", ALICE.actor());
        dropped(post(ALICE, move(ALICE, ALICE.actor())));
        NativeId ghost = bridge.ghost(new NativeId(Network.NOSTR, "ca".repeat(32)), "carol@site.example");
        dropped(post(ALICE, move(ALICE, ghost.value())));
    }

    @Test
    void aMoveToSomewhereOutOfReachWaitsAndHoldsNothingUp() {
        meet(ALICE);
        net.fail(THERE.actor(), Failure.UNREACHABLE);
        assertThat(post(ALICE, move(ALICE, THERE.actor())).status()).isEqualTo(202);
        assertThat(bridge.received).isEmpty();
        post(ALICE, ALICE.create(1, "hello"));
        assertThat(bridge.received).extracting(NativeEvent::kind).containsExactly(NativeEvent.Kind.POST);
        bridge.received.clear();
        later(Duration.ofHours(2));
        assertThat(bridge.received).isEmpty();
        says(THERE, "alsoKnownAs", ALICE.actor());
        later(Duration.ofHours(2));
        moved(ALICE);
    }

    @Test
    void aMoveToSomewhereThatIsNotThereComesToNothing() {
        net.fix(THERE.actor(), HttpReply.of(404));
        dropped(post(ALICE, move(ALICE, THERE.actor())));
        says(THERE, "alsoKnownAs", ALICE.actor());
        later(Duration.ofHours(2));
        assertThat(bridge.received).isEmpty();
    }

    @Test
    void whoMovesBackAndForthDoesSoOnceAWeek() {
        bridge.people.add(ap(THERE.actor()));
        post(ALICE, move(ALICE, THERE.actor()));
        moved(ALICE);
        says(THERE, "movedTo", ALICE.actor());
        says(ALICE, "alsoKnownAs", THERE.actor());
        post(THERE, move(THERE, ALICE.actor()));
        moved(THERE);
        net.document(ALICE.actor(), Documents.write(ALICE.document().put("movedTo", THERE.actor())));
        says(THERE, "alsoKnownAs", ALICE.actor());
        String again = move(ALICE, THERE.actor());
        dropped(post(ALICE, again));
        bridge.clock.advance(Duration.ofDays(7));
        post(ALICE, again);
        moved(ALICE);
    }

    @Test
    void whatTheEngineCouldNotTakeIsTakenLater() {
        bridge.receipt = new dev.drawbridge.model.spi.Receipt.Busy(Duration.ofMinutes(1));
        post(ALICE, move(ALICE, THERE.actor()));
        bridge.received.clear();
        bridge.receipt = new dev.drawbridge.model.spi.Receipt.Accepted();
        later(Duration.ofMinutes(2));
        moved(ALICE);
    }

    @Test
    void aMoveOfSomebodyWeHaveNothingToDoWithIsForgotten() {
        says(MALLORY, "movedTo", THERE.actor());
        says(THERE, "alsoKnownAs", MALLORY.actor());
        dropped(post(MALLORY, move(MALLORY, THERE.actor())));
        assertThat(net.asked(THERE.actor())).isZero();
    }
}
