package dev.drawbridge.testkit.contract;

import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static dev.drawbridge.testkit.contract.Samples.CAROL;
import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.IdentityMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [IdentityMap] must do.
public abstract class IdentityMapContract {
    private IdentityMap identities = empty();

    /// An implementation that holds nothing.
    protected abstract IdentityMap empty();

    @BeforeEach
    void startEmpty() {
        identities = empty();
    }

    @Test
    void nobodyHasAGhostUntilOneIsPut() {
        assertThat(identities.find(ALICE, Network.NOSTR)).isEmpty();
        assertThat(identities.byId(ghost(ALICE, Network.NOSTR, 1).id())).isEmpty();
        assertThat(identities.of(ALICE)).isEmpty();
        assertThat(ghosts(Network.NOSTR)).isEmpty();
    }

    @Test
    void aGhostIsFoundByItsOriginAndByItsOwnId() {
        Ghost ghost = ghost(ALICE, Network.NOSTR, 1);
        assertThat(identities.putIfAbsent(ghost)).isEqualTo(ghost);
        assertThat(identities.find(ALICE, Network.NOSTR)).contains(ghost);
        assertThat(identities.byId(ghost.id())).contains(ghost);
        assertThat(identities.find(ALICE, Network.ATPROTO)).isEmpty();
        assertThat(identities.find(ghost.id(), Network.NOSTR)).isEmpty();
        assertThat(identities.byId(ALICE)).isEmpty();
    }

    @Test
    void theFirstGhostOfAPersonOnANetworkStays() {
        Ghost first = ghost(ALICE, Network.NOSTR, 1);
        Ghost second = ghost(ALICE, Network.NOSTR, 2);
        identities.putIfAbsent(first);
        assertThat(identities.putIfAbsent(second)).isEqualTo(first);
        assertThat(identities.find(ALICE, Network.NOSTR)).contains(first);
        assertThat(identities.byId(second.id())).isEmpty();
    }

    @Test
    void puttingTheSameGhostAgainChangesNothing() {
        Ghost ghost = ghost(ALICE, Network.NOSTR, 1);
        identities.putIfAbsent(ghost);
        identities.setActive(ghost.id(), false);
        assertThat(identities.putIfAbsent(ghost).active()).isFalse();
        assertThat(identities.of(ALICE)).hasSize(1);
    }

    @Test
    void twoPeopleNeverShareAGhost() {
        Ghost alices = ghost(ALICE, Network.NOSTR, 1);
        identities.putIfAbsent(alices);
        assertThatThrownBy(() -> identities.putIfAbsent(ghost(CAROL, Network.NOSTR, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ALICE.value());
        assertThat(identities.byId(alices.id())).contains(alices);
        assertThat(identities.find(CAROL, Network.NOSTR)).isEmpty();
    }

    @Test
    void aGhostThatLeftIsStillThereAndMayReturn() {
        Ghost ghost = ghost(ALICE, Network.NOSTR, 1);
        identities.putIfAbsent(ghost);
        identities.setActive(ghost.id(), false);
        assertThat(identities.find(ALICE, Network.NOSTR).map(Ghost::active)).contains(false);
        identities.setActive(ghost.id(), true);
        assertThat(identities.byId(ghost.id())).contains(ghost);
    }

    @Test
    void aGhostThatIsRenamedIsTheSameUnderAnotherHandle() {
        Ghost ghost = ghost(ALICE, Network.NOSTR, 1);
        Ghost other = ghost(BOB, Network.NOSTR, 2);
        identities.putIfAbsent(ghost);
        identities.putIfAbsent(other);
        identities.rename(ghost.id(), "alice.example");
        assertThat(identities.byId(ghost.id()))
                .contains(new Ghost(ghost.origin(), ghost.id(), "alice.example", ghost.active(), ghost.createdAt()));
        assertThat(identities.byId(other.id())).contains(other);
        assertThat(identities.putIfAbsent(ghost).handle()).as("it stays").isEqualTo("alice.example");
    }

    @Test
    void markingAGhostThatDoesNotExistDoesNothing() {
        identities.rename(ghost(ALICE, Network.NOSTR, 1).id(), "alice.example");
        identities.setActive(ghost(ALICE, Network.NOSTR, 1).id(), true);
        assertThat(identities.of(ALICE)).isEmpty();
        assertThat(ghosts(Network.NOSTR)).isEmpty();
    }

    @Test
    void theGhostsOfAPersonAreThoseOnEveryNetworkWhetherActiveOrNot() {
        Ghost nostr = ghost(ALICE, Network.NOSTR, 1);
        Ghost atproto = ghost(ALICE, Network.ATPROTO, 2);
        identities.putIfAbsent(nostr);
        identities.putIfAbsent(atproto);
        identities.putIfAbsent(ghost(BOB, Network.ATPROTO, 3));
        identities.setActive(nostr.id(), false);
        assertThat(identities.of(ALICE)).extracting(Ghost::id).containsExactlyInAnyOrder(nostr.id(), atproto.id());
    }

    @Test
    void aBotHasOneGhostPerNetworkItStandsOn() {
        NativeId bot = Ghost.botOrigin(Network.NOSTR);
        Ghost onActivityPub = ghost(bot, Network.ACTIVITYPUB, 1);
        Ghost onAtproto = ghost(bot, Network.ATPROTO, 2);
        identities.putIfAbsent(onActivityPub);
        identities.putIfAbsent(onAtproto);
        assertThat(identities.find(bot, Network.ATPROTO)).contains(onAtproto);
        assertThat(identities.byId(onActivityPub.id()).orElseThrow().reaches()).isEqualTo(Network.NOSTR);
        assertThat(identities.of(bot)).hasSize(2);
    }

    @Test
    void everyGhostOnANetworkIsVisitedOnceAndNoOther() {
        List<Ghost> onNostr = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Ghost ghost = ghost(new NativeId(Network.ATPROTO, "did:plc:person" + i), Network.NOSTR, i);
            identities.putIfAbsent(ghost);
            onNostr.add(ghost);
        }
        identities.putIfAbsent(ghost(BOB, Network.ATPROTO, 999));
        assertThat(ghosts(Network.NOSTR)).containsExactlyInAnyOrderElementsOf(onNostr);
    }

    @Test
    void idsThatDifferOnlyInCaseOrAtTheirEndAreDifferentPeople() {
        NativeId upper = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/Alice");
        NativeId longer = new NativeId(Network.ACTIVITYPUB, ALICE.value() + "/");
        identities.putIfAbsent(ghost(ALICE, Network.NOSTR, 1));
        identities.putIfAbsent(ghost(upper, Network.NOSTR, 2));
        identities.putIfAbsent(ghost(longer, Network.NOSTR, 3));
        assertThat(ghosts(Network.NOSTR)).hasSize(3);
    }

    @Test
    void ofGhostsMadeAtOnceForOnePersonExactlyOneStays() {
        List<Ghost> answers = Race.of(8, i -> identities.putIfAbsent(ghost(ALICE, Network.NOSTR, i)));
        assertThat(new HashSet<>(answers)).hasSize(1);
        assertThat(identities.of(ALICE)).containsExactly(answers.getFirst());
        assertThat(ghosts(Network.NOSTR)).containsExactly(answers.getFirst());
    }

    private List<Ghost> ghosts(Network network) {
        List<Ghost> ghosts = new ArrayList<>();
        identities.forEach(network, ghosts::add);
        return ghosts;
    }

    private static Ghost ghost(NativeId origin, Network network, int number) {
        return new Ghost(origin, new NativeId(network, "ghost" + number), "name" + number, true, NOON);
    }
}
