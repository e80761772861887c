package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.engine.Vouches;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The operator asks for profiles that say something; nora vouches for alice, whose profile says nothing (ADR 33).
class VouchScenariosTest extends AskScenario {
    private static final String BARE = "@alice@social.example";

    @BeforeEach
    void aliceShowsNothing() {
        nostr.profile(shown(nora, "@nora").build());
        fedi.profile(bare(alice, BARE));
        gates(2);
    }

    private void gates(int vouches) {
        asking(Asks.OFF, new Gates(Duration.ZERO, false, true, List.of(), Limits.NONE, vouches));
    }

    private static Profile bare(NativeId person, String handle) {
        return Profile.builder(person, handle).displayName("somebody").build();
    }

    private NativeId newcomer(String name) {
        NativeId person = fedi.person(name);
        fedi.profile(bare(person, "@" + name + "@social.example"));
        return person;
    }

    private boolean comesIn(NativeId person) {
        said(person, fedi, Network.NOSTR, "start");
        return wants(person, Network.NOSTR);
    }

    @Test
    void whomSomebodyVouchesForComesInWithWhateverTheyShow() {
        assertThat(comesIn(alice)).isFalse();
        assertThat(toAlice())
                .last()
                .asString()
                .contains("your profile says nothing about you, and nobody here vouches for you");
        int before = fedi.at(fedi.inbox(alice)).size();
        assertThat(asks(nora, "vouch " + BARE)).contains("alice@social.example may come in");
        assertThat(asks(nora, "status")).contains("People you vouch for: 1");
        assertThat(fedi.at(fedi.inbox(alice))).as("nobody writes to them").hasSize(before);
        assertThat(said(alice, fedi, Network.NOSTR, "status")).doesNotContain("says nothing about you");
        assertThat(comesIn(alice)).isTrue();
    }

    @Test
    void aWordThatIsTakenBackLetsNobodyInAndWhoIsInStays() {
        NativeId bob = newcomer("bob");
        asks(nora, "vouch " + BARE);
        asks(nora, "vouch @bob@social.example");
        assertThat(comesIn(bob)).isTrue();
        assertThat(asks(nora, "unvouch " + BARE)).contains("You do not vouch for alice@social.example");
        assertThat(asks(nora, "unvouch @bob@social.example")).contains("Who came in meanwhile stays");
        assertThat(comesIn(alice)).isFalse();
        assertThat(wants(bob, Network.NOSTR)).isTrue();
        asks(nora, "vouch " + BARE);
        assertThat(asks(nora, "garantir @nobody@social.example")).contains("Je ne connais personne");
        assertThat(asks(nora, "unvouch all")).contains("vouch for nobody");
        assertThat(comesIn(alice)).isFalse();
    }

    @Test
    void aWordGoesWithWhoGaveIt() {
        asks(nora, "vouch " + BARE);
        asks(nora, "stop");
        assertThat(comesIn(alice)).isFalse();
        asks(nora, "start");
        assertThat(asks(nora, "status")).doesNotContain("vouch for:");
        assertThat(comesIn(alice)).as("it does not come back with them").isFalse();
    }

    @Test
    void aWordOfWhomTheOperatorRemovesCountsNoMore() {
        asks(nora, "vouch " + BARE);
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(nora));
        bridge.settle();
        assertThat(comesIn(alice)).isFalse();
        bridge.decided(new Sanction(false, "sorry", clock.instant()).about(nora));
        asks(nora, "start");
        assertThat(comesIn(alice)).isFalse();
    }

    @Test
    void aWordOfWhomARuleCoversDoesNotCountAsLongAsItDoes() {
        asks(nora, "vouch " + BARE);
        asking(Asks.OFF, new Gates(Duration.ZERO, false, true, List.of("nora"), Limits.NONE, 2));
        assertThat(comesIn(alice)).isFalse();
        assertThat(asks(nora, "vouch @bob@social.example")).contains("Nobody comes in on your word");
        gates(2);
        assertThat(comesIn(alice)).isTrue();
    }

    @Test
    void whoWasLetInOnAWordGivesNone() {
        NativeId bob = newcomer("bob");
        asks(nora, "vouch @bob@social.example");
        assertThat(comesIn(bob)).isTrue();
        assertThat(said(bob, fedi, Network.NOSTR, "vouch " + BARE)).contains("Nobody comes in on your word");
        assertThat(comesIn(alice)).isFalse();
        fedi.profile(shown(bob, "@bob@social.example").build());
        gates(2);
        assertThat(said(bob, fedi, Network.NOSTR, "vouch " + BARE)).contains("may come in");
        assertThat(comesIn(alice)).isTrue();
    }

    @Test
    void onePersonVouchesForSoManyAndForNoMoreInADay() {
        newcomer("bob");
        newcomer("carl");
        assertThat(asks(nora, "vouch " + BARE)).contains("may come in");
        assertThat(asks(nora, "vouch @bob@social.example")).contains("may come in");
        assertThat(asks(nora, "vouch " + BARE)).as("again the same").contains("may come in");
        assertThat(asks(nora, "vouch @carl@social.example")).contains("can vouch for 2 people");
        asks(nora, "unvouch @bob@social.example");
        assertThat(asks(nora, "vouch @carl@social.example")).contains("can vouch for 2 people");
        bridge.after(Duration.ofDays(1));
        assertThat(asks(nora, "vouch @carl@social.example")).contains("may come in");
    }

    @Test
    void theOperatorVouchesForWhomTheyLike() {
        Vouches.byOperator(ports, alice, true);
        Vouches.byOperator(ports, alice, true);
        assertThat(comesIn(alice)).isTrue();
        NativeId bob = newcomer("bob");
        Vouches.byOperator(ports, bob, true);
        Vouches.byOperator(ports, bob, false);
        assertThat(comesIn(bob)).isFalse();
    }

    @Test
    void aWordIsNoneForAnAccountThatIsTooYoungNorForARefusal() {
        asking(Asks.OFF, new Gates(Duration.ofDays(7), true, true, List.of(), Limits.NONE, 2));
        nostr.profile(shown(nora, "@nora")
                .avatar(Optional.of(URI.create("https://relay.example/nora.png")))
                .build());
        fedi.profile(bare(alice, BARE).toBuilder()
                .since(Optional.of(clock.instant()))
                .build());
        assertThat(asks(nora, "vouch " + BARE)).contains("may come in");
        assertThat(comesIn(alice)).isFalse();
        assertThat(toAlice()).last().asString().contains("too young");
        NativeId bob = fedi.person("bob");
        fedi.profile(bare(bob, "@bob@social.example").toBuilder()
                .refusesBridging(true)
                .build());
        asks(nora, "vouch @bob@social.example");
        assertThat(comesIn(bob)).isFalse();
        NativeId carl = newcomer("carl");
        assertThat(comesIn(carl)).isFalse();
    }

    @Test
    void whereProfilesAreNotLookedAtOrOnlyTheOperatorVouchesNothingIsKept() {
        asking(Asks.OFF, Gates.OPEN);
        assertThat(asks(nora, "vouch " + BARE)).contains("nobody needs your word");
        gates(0);
        assertThat(asks(nora, "vouch " + BARE)).contains("nobody needs your word");
        assertThat(ports.follows().followerCount(nora, Network.BRIDGE)).isZero();
        assertThat(comesIn(alice)).isFalse();
    }

    @Test
    void whereOnlyTheOperatorVouchesFromNowOnWordsGivenBeforeCountNoMore() {
        asks(nora, "vouch " + BARE);
        gates(0);
        assertThat(comesIn(alice)).isFalse();
        Vouches.byOperator(ports, alice, true);
        assertThat(comesIn(alice)).isTrue();
    }

    @Test
    void nothingOfWhomTheyVouchForIsStoredAndItIsNoFollow() {
        asks(nora, "vouch " + BARE);
        List<NativeId> kept = ports.follows().followersOf(nora, Network.BRIDGE, "", 10);
        assertThat(kept).singleElement().asString().matches("bridge\\|vouched:[0-9a-f]{64}");
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(ports.follows().followedBy(nora).toString()).doesNotContain("vouched");
        for (Network network : List.of(Network.ACTIVITYPUB, Network.NOSTR, Network.ATPROTO)) {
            assertThat(ports.follows().followersOf(nora, network, "", 10).toString())
                    .doesNotContain("vouched");
        }
        NativeId nils = nostr.person("nils");
        assertThat(asks(nils, "vouch " + BARE)).contains("You are carried nowhere yet");
    }
}
