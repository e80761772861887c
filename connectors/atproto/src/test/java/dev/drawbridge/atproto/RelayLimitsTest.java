package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.store.RelayLimits;
import dev.drawbridge.atproto.store.RepoState;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.NativeDraft;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

/// Relays take one account and five events an hour.
class RelayLimitsTest extends AtprotoConnectorFixture {
    RelayLimitsTest(MongoDatabase database) {
        super(database, new RelayLimits(Optional.empty(), Optional.of(5L), Optional.empty(), 1));
    }

    @Test
    void nobodyIsGivenADidWhomNobodyWouldSee() {
        Ghost ghost = made(alice());
        NativeId other = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/bob");
        assertThat(connector.ensureGhost(new GhostRequest(other, Profile.bare(other, "@bob@social.example"))))
                .isInstanceOfSatisfying(GhostOutcome.Retry.class, retry -> {
                    assertThat(retry.reason()).contains("relays take 1 accounts of at.bridge.org");
                    assertThat(retry.after()).contains(Duration.ofDays(1));
                });
        assertThat(web.created()).isEqualTo(1);
        assertThat(database.getCollection("atproto_accounts").countDocuments()).isEqualTo(1);
        assertThat(made(alice())).as("who has one keeps it").isEqualTo(ghost);
    }

    @Test
    void aPostThatWaitsIsDeliveredWithTheVersionItWillHave() {
        Ghost ghost = made(alice());
        Did did = new Did(ghost.id().value());
        DeliveryOutcome outcome = connector.deliver(draft(ghost, "3mplmrxkkmc23", post("one")), REPO);
        assertThat(pds.store.writer().backlog().writes()).as("with the profile").isEqualTo(2);
        String version = ((DeliveryOutcome.Delivered) outcome)
                .copy()
                .flatMap(copy -> copy.version())
                .orElseThrow();
        pds.clock.advance(Duration.ofMinutes(66));
        pds.store.writer().drain();
        assertThat(pds.store
                        .archive()
                        .record(did, RepoPath.parse("app.bsky.feed.post/3mplmrxkkmc23"))
                        .orElseThrow()
                        .cid())
                .hasToString(version);
    }

    @Test
    void whoLeavesSaysNothingMore() {
        Ghost ghost = made(alice());
        connector.deliver(draft(ghost, "3mplmrxkkmc23", post("one")), REPO);
        goodbye(ghost);
        Did did = new Did(ghost.id().value());
        assertThat(pds.store.archive().record(did, RepoPath.parse("app.bsky.feed.post/3mplmrxkkmc23")))
                .isEmpty();
        assertThat(pds.store.writer().backlog().writes()).isZero();
        assertThat(events().getLast()).isInstanceOf(dev.drawbridge.atproto.record.sync.AccountEvent.class);
    }

    @Test
    void whoLeavesIsGoneWhateverBecomesOfWhatWaited() {
        Ghost ghost = made(alice());
        connector.deliver(draft(ghost, "3mplmrxkkmc23", post("one")), REPO);
        database.getCollection("atproto_writes")
                .updateMany(new Document(), new Document("$set", new Document("record", new Binary(new byte[] {1}))));
        database.getCollection("atproto_writes")
                .insertOne(new Document("_id", ghost.id().value() + "/nonsense")
                        .append("repo", ghost.id().value())
                        .append("path", "nonsense")
                        .append("rank", -1)
                        .append("token", "0")
                        .append("since", new Date(0)));
        goodbye(ghost);
        assertThat(pds.store.writer().backlog().writes())
                .as("what cannot be read")
                .isEqualTo(1);
    }

    private void goodbye(Ghost ghost) {
        NativeDraft closing =
                new NativeDraft(Optional.of(ghost.id()), Optional.empty(), List.of("{\"account\":\"deactivated\"}"));
        assertThat(connector.deliver(closing, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        Did did = new Did(ghost.id().value());
        assertThat(pds.store.archive().state(did).map(RepoState::active)).contains(false);
    }
}
