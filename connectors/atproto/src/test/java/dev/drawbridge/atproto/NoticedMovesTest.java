package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.plc.PlcOperation.Change;
import dev.drawbridge.atproto.record.plc.SignedPlcOperation;
import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Receipt;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// It is noticed when an account went to another host, whenever that is.
class NoticedMovesTest extends OwnerFixture {
    private static final NativeId BOB = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/bob");

    NoticedMovesTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void whoMovedWithAKeyOfTheirOwnSaysSoByClosing() {
        String access = access();
        SignedPlcOperation last = Objects.requireNonNull(web.logs.get(did)).getLast();
        web.took(
                did,
                ((Change) last.operation())
                        .withPds(URI.create(NEW_HOST))
                        .after(last)
                        .sign(pds.signer, RotationKeys.INSTANCE));
        receipt = new Receipt.Busy(Duration.ofSeconds(1));
        assertThat(post("server.deactivateAccount", access, "").status()).isEqualTo(200);
        assertThat(state().status()).isEqualTo(AccountEvent.DEACTIVATED);
        receipt = new Receipt.Accepted();
        after(Duration.ofSeconds(10));
        assertThat(told).as("it is told later").hasSize(2);
        after(Duration.ofHours(2));
        assertThat(told).hasSize(2);
    }

    @Test
    void whoAsksForAnotherPasswordIsStillLookedFor() {
        SignedPlcOperation operation = signed(access());
        assertThat(connector.moveOut(ghost.id())).isPresent();
        web.took(did, operation);
        after(Duration.ofSeconds(10));
        assertThat(state().status()).isEqualTo(AccountEvent.DEACTIVATED);
    }

    @Test
    void whoHandsTheirMoveInLateIsStillNoticed() {
        pds.clock.advance(Duration.ofHours(167));
        SignedPlcOperation operation = signed(access());
        after(Duration.ofHours(3));
        pds.store.departures().prune(pds.clock.instant());
        after(Duration.ofHours(1));
        web.took(did, operation);
        receipt = new Receipt.Ignored("not carried");
        after(Duration.ofHours(1));
        assertThat(state().status()).isEqualTo(AccountEvent.DEACTIVATED);
        after(Duration.ofHours(2));
        assertThat(told).as("what is ignored is said").hasSize(1);
    }

    @Test
    void nobodyIsLookedForForEver() {
        signed(access());
        after(Duration.ofDays(8));
        assertThat(pds.store.departures().of(did)).isEmpty();
        connector.moveOut(ghost.id());
        pds.store.departures().signed(did, pds.clock.instant());
        web.web.has("GET " + PLC + did + "/log/audit", 200, "[]");
        after(Duration.ofDays(8));
        assertThat(pds.store.departures().of(did)).as("nor if the log is odd").isEmpty();
    }

    @Test
    void oneWhoCannotBeLookedForHoldsNobodyUp() {
        Ghost bob = made(new GhostRequest(BOB, Profile.bare(BOB, "bob@social.example")));
        Did other = new Did(bob.id().value());
        connector.moveOut(bob.id());
        pds.store.departures().signed(other, pds.clock.instant().minusSeconds(5));
        web.web.has("GET " + PLC + other + "/log/audit", 500, "");
        web.took(did, signed(access()));
        moves.step();
        assertThat(state().status()).isEqualTo(AccountEvent.DEACTIVATED);
        assertThat(pds.store.departures().watched(pds.clock.instant().plusSeconds(9), 10))
                .as("each has a turn of its own")
                .isEmpty();
        assertThat(pds.store.departures().watched(pds.clock.instant().plusSeconds(10), 10))
                .hasSize(1);
    }

    @Test
    void anAccountThatIsClosedDoesNotComeBackIfItMovedMeanwhile() {
        var leave =
                new NativeDraft(Optional.of(ghost.id()), Optional.empty(), List.of("{\"account\":\"deactivated\"}"));
        SignedPlcOperation operation = signed(access());
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        web.down = true;
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Retry.class);
        web.down = false;
        assertThat(connector.ensureGhost(alice())).as("and may come back").isInstanceOf(GhostOutcome.Ready.class);
        assertThat(state().active()).isTrue();
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        web.took(did, operation);
        assertThat(connector.ensureGhost(alice())).isInstanceOf(GhostOutcome.Refused.class);
        assertThat(state().active()).isFalse();
        assertThat(pds.store.accounts().byDid(did).orElseThrow().elsewhere()).isTrue();
    }

    @Test
    void nobodyComesBackWhileTheDirectorySaysWhatCannotBeRead() {
        var leave =
                new NativeDraft(Optional.of(ghost.id()), Optional.empty(), List.of("{\"account\":\"deactivated\"}"));
        assertThat(connector.deliver(leave, REPO)).isInstanceOf(DeliveryOutcome.Delivered.class);
        web.web.has("GET " + PLC + did + "/log/audit", 200, "[]");
        assertThat(connector.ensureGhost(alice()))
                .isInstanceOfSatisfying(
                        GhostOutcome.Retry.class,
                        retry -> assertThat(retry.toString()).contains("does not hold together"));
        assertThat(state().active()).isFalse();
    }
}
