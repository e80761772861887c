package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How a person of another network gets a DID, a handle and a repository here, and what the directory can do to it.
class AtprotoGhostsTest extends AtprotoConnectorFixture {
    AtprotoGhostsTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void aGhostHasADidAHandleARepositoryAndAProfile() {
        Ghost ghost = made(alice());
        assertThat(ghost.origin()).isEqualTo(ALICE);
        assertThat(ghost.handle()).isEqualTo("alice-social-example.ap.bridge.org");
        Did did = new Did(ghost.id().value());
        assertThat(events())
                .hasExactlyElementsOfTypes(
                        IdentityEvent.class,
                        AccountEvent.class,
                        CommitEvent.class,
                        RepoSyncEvent.class,
                        CommitEvent.class);
        var profile = pds.store
                .archive()
                .record(did, RepoPath.parse("app.bsky.actor.profile/self"))
                .orElseThrow();
        assertThat(profile.value().text("displayName")).contains("Alice");
        DidDocument document = DidDocument.parse(
                DataJson.parse(web.web
                        .send(dev.drawbridge.model.port.OutboundHttp.Request.get(URI.create(PLC + did), Map.of()))
                        .body()),
                did);
        assertThat(document.handle().orElseThrow().value()).isEqualTo(ghost.handle());
        assertThat(document.pds()).contains(URI.create("https://at.bridge.org"));
    }

    @Test
    void askingTwiceMakesOneGhost() {
        assertThat(made(alice())).isEqualTo(made(alice()));
        assertThat(web.created()).isEqualTo(1);
        assertThat(events()).hasSize(5);
    }

    @Test
    void twoPeopleOfTheSameHandleGetDifferentOnes() {
        NativeId other = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/2");
        Ghost first = made(alice());
        Ghost second = made(new GhostRequest(other, Profile.bare(other, "@Alice@social.example")));
        assertThat(second.handle()).isNotEqualTo(first.handle()).startsWith("alice-social-example-");
    }

    @Test
    void aDirectoryThatIsDownIsTriedAgainWithTheSameDid() {
        web.down = true;
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Retry.class);
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Retry.class);
        assertThat(events()).isEmpty();
        web.down = false;
        made(alice());
        assertThat(web.created()).isEqualTo(1);
        assertThat(database.getCollection("atproto_accounts").countDocuments()).isEqualTo(1);
    }

    @Test
    void anAnswerThatWasLostDoesNoHarm() {
        Ghost ghost = made(alice());
        database.getCollection("atproto_accounts")
                .updateOne(
                        new org.bson.Document(), new org.bson.Document("$set", new org.bson.Document("live", false)));
        web.refusing = true;
        assertThat(made(alice())).isEqualTo(ghost);
        assertThat(events()).hasSize(5);
    }

    @Test
    void aDirectoryThatRefusesIsToldOnce() {
        web.refusing = true;
        assertThat(connector.ensureGhost(alice()))
                .isInstanceOfSatisfying(
                        GhostOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("400"));
        assertThat(events()).isEmpty();
    }
}
