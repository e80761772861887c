package dev.drawbridge.activitypub;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.Claim;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/// Accounts that say they are the same person as a stand-in, and stand-ins that say they went there.
@ExtendWith(TestMongo.class)
class ClaimTest {
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private static final RemoteServer MALLORY = new RemoteServer("social.example", "mallory");
    private static final NativeId ALICE_ID = new NativeId(Network.ACTIVITYPUB, ALICE.actor());
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private final LocalNet net = new LocalNet();
    private Bridge bridge;
    private NativeId ghost;

    @BeforeEach
    void carolHasAStandIn(MongoDatabase database) {
        bridge = new Bridge(database, net);
        ALICE.on(net);
        ghost = bridge.ghost(CAROL, "carol@site.example");
    }

    private void says(UnaryOperator<ObjectNode> what) {
        net.document(ALICE.actor(), Documents.write(what.apply(ALICE.document())));
    }

    private Claim claim() {
        return bridge.connector.claim(ALICE_ID, ghost);
    }

    @Test
    void oneOfTheirAliasesIsEnough() {
        says(actor -> actor.put("alsoKnownAs", ghost.value()));
        assertThat(claim()).isEqualTo(Claim.MADE);
        says(actor -> {
            actor.putArray("alsoKnownAs").add("https://other.example/me").add(ghost.value());
            return actor;
        });
        assertThat(claim()).isEqualTo(Claim.MADE);
        assertThat(bridge.connector.followersGoAlong()).isTrue();
    }

    @Test
    void anythingElseIsNone() {
        assertThat(claim()).as("no aliases").isEqualTo(Claim.MISSING);
        says(actor -> actor.put("alsoKnownAs", ghost.value() + "2"));
        assertThat(claim()).as("somebody else").isEqualTo(Claim.MISSING);
        says(actor -> actor.put("alsoKnownAs", ghost.value()).put("movedTo", "https://third.example/alice"));
        assertThat(claim()).as("it went on itself").isEqualTo(Claim.MISSING);
        says(actor -> actor.put("alsoKnownAs", ghost.value())
                .put("id", MALLORY.on(net).actor()));
        assertThat(claim()).as("called something else").isEqualTo(Claim.MISSING);
        net.fix(ALICE.actor(), HttpReply.of(410));
        assertThat(claim()).as("gone").isEqualTo(Claim.MISSING);
        assertThat(bridge.connector.claim(ghost, ghost)).as("one of ours").isEqualTo(Claim.MISSING);
    }

    @Test
    void whatWasKnownBeforeDoesNotCount() {
        says(actor -> actor.put("alsoKnownAs", ghost.value()));
        assertThat(claim()).isEqualTo(Claim.MADE);
        says(actor -> actor);
        assertThat(claim()).isEqualTo(Claim.MISSING);
        net.fail(ALICE.actor(), Failure.TIMEOUT);
        assertThat(claim()).isEqualTo(Claim.SILENT);
    }

    @Test
    void aStandInShowsWhereItWentUntilItIsBack() {
        var carol = Speech.of(bridge, CAROL, "carol@site.example");
        var profile = Profile.builder(CAROL, "carol@site.example").movedTo(Optional.of(ALICE_ID));
        carol.tell(new Activity.ProfileUpdate(carol.source(1), Speech.AT, profile.build()));
        assertThat(shown()).contains("\"movedTo\":\"" + ALICE.actor() + "\"");
        carol.tell(new Activity.ProfileUpdate(
                carol.source(2), Speech.AT, profile.movedTo(Optional.empty()).build()));
        assertThat(shown()).doesNotContain("movedTo\":\"http");
    }

    private String shown() {
        return Router.text(bridge.get(ghost.value().substring(Bridge.BASE.length())));
    }
}
