package dev.drawbridge.testkit.contract;

import static dev.drawbridge.model.consent.Consent.State.GIVEN;
import static dev.drawbridge.model.consent.Consent.State.WITHDRAWN;
import static dev.drawbridge.testkit.contract.Samples.ALICE;
import static dev.drawbridge.testkit.contract.Samples.BOB;
import static dev.drawbridge.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Consents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Consents] must do.
public abstract class ConsentsContract {
    private Consents consents = none();

    /// An implementation that holds nothing.
    protected abstract Consents none();

    @BeforeEach
    void startEmpty() {
        consents = none();
    }

    @Test
    void whoNeverSaidAnythingHasNoRecord() {
        assertThat(consents.find(ALICE, Network.NOSTR)).isEmpty();
        assertThat(consents.of(ALICE)).isEmpty();
        assertThat(consents.audit(ALICE)).isEmpty();
        assertThat(given(Network.ACTIVITYPUB)).isEmpty();
    }

    @Test
    void anAnswerIsKeptExactlyAsItWasGiven() {
        Consent yes = answer(ALICE, Network.NOSTR, GIVEN, NOON);
        consents.put(yes);
        assertThat(consents.find(ALICE, Network.NOSTR)).contains(yes);
    }

    @Test
    void anAnswerIsForOneNetworkOnly() {
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON));
        assertThat(consents.find(ALICE, Network.ATPROTO)).isEmpty();
        assertThat(consents.find(BOB, Network.NOSTR)).isEmpty();
    }

    @Test
    void aLaterAnswerReplacesAnEarlierOne() {
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON));
        Consent no = answer(ALICE, Network.NOSTR, WITHDRAWN, NOON.plusNanos(1));
        consents.put(no);
        assertThat(consents.find(ALICE, Network.NOSTR)).contains(no);
        Consent again = answer(ALICE, Network.NOSTR, GIVEN, NOON.plusSeconds(1));
        consents.put(again);
        assertThat(consents.find(ALICE, Network.NOSTR)).contains(again);
    }

    @Test
    void anOlderAnswerThatComesLateChangesNothing() {
        Consent no = answer(ALICE, Network.NOSTR, WITHDRAWN, NOON);
        consents.put(no);
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON.minusNanos(1)));
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON.minusSeconds(3600)));
        assertThat(consents.find(ALICE, Network.NOSTR)).contains(no);
    }

    @Test
    void aRefusalWinsOverAYesOfTheSameMomentInEitherOrder() {
        Consent yes = answer(ALICE, Network.NOSTR, GIVEN, NOON);
        Consent no = answer(ALICE, Network.NOSTR, WITHDRAWN, NOON);
        consents.put(yes);
        consents.put(no);
        consents.put(yes);
        assertThat(consents.find(ALICE, Network.NOSTR)).contains(no);
    }

    @Test
    void theAuditKeepsEveryAnswerOldestFirstAndRepeatsNone() {
        Consent yes = answer(ALICE, Network.NOSTR, GIVEN, NOON);
        Consent no = answer(ALICE, Network.NOSTR, WITHDRAWN, NOON.plusSeconds(5));
        Consent early = answer(ALICE, Network.ATPROTO, WITHDRAWN, NOON.minusSeconds(5));
        consents.put(no);
        consents.put(yes);
        consents.put(early);
        consents.put(no);
        assertThat(consents.audit(ALICE)).containsExactly(early, yes, no);
        assertThat(consents.audit(BOB)).isEmpty();
    }

    @Test
    void theLastAnswersOfAPersonAreOnePerNetwork() {
        Consent nostr = answer(ALICE, Network.NOSTR, WITHDRAWN, NOON.plusSeconds(1));
        Consent atproto = answer(ALICE, Network.ATPROTO, GIVEN, NOON);
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON));
        consents.put(nostr);
        consents.put(atproto);
        consents.put(answer(BOB, Network.ATPROTO, GIVEN, NOON));
        assertThat(consents.of(ALICE)).containsExactlyInAnyOrder(nostr, atproto);
    }

    @Test
    void peopleWhoAreCarriedSomewhereAreVisitedOnceEach() {
        NativeId dave = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/dave");
        NativeId erin = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/erin");
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON));
        consents.put(answer(ALICE, Network.ATPROTO, GIVEN, NOON));
        consents.put(answer(BOB, Network.ATPROTO, GIVEN, NOON));
        consents.put(answer(dave, Network.NOSTR, GIVEN, NOON));
        consents.put(answer(dave, Network.NOSTR, WITHDRAWN, NOON.plusSeconds(1)));
        consents.put(answer(erin, Network.NOSTR, WITHDRAWN, NOON));
        consents.put(answer(erin, Network.ATPROTO, GIVEN, NOON));
        assertThat(given(Network.ACTIVITYPUB)).containsExactlyInAnyOrder(ALICE, erin);
        assertThat(given(Network.NOSTR)).containsExactly(BOB);
        assertThat(given(Network.ATPROTO)).isEmpty();
    }

    @Test
    void aVisitorMayAskAndAnswerWhileItVisits() {
        consents.put(answer(ALICE, Network.NOSTR, GIVEN, NOON));
        consents.forEachGiven(
                Network.ACTIVITYPUB,
                person -> consents.put(answer(person, Network.NOSTR, WITHDRAWN, NOON.plusSeconds(1))));
        assertThat(given(Network.ACTIVITYPUB)).isEmpty();
    }

    @Test
    void ofAnswersThatComeAtOnceTheLatestStays() {
        Race.of(8, i -> {
            consents.put(answer(ALICE, Network.NOSTR, i % 2 == 0 ? GIVEN : WITHDRAWN, NOON.plusMillis(i)));
            return i;
        });
        assertThat(consents.find(ALICE, Network.NOSTR).map(Consent::since)).contains(NOON.plusMillis(7));
        assertThat(consents.audit(ALICE)).hasSize(8);
    }

    private List<NativeId> given(Network source) {
        List<NativeId> people = new ArrayList<>();
        consents.forEachGiven(source, people::add);
        return people;
    }

    private static Consent answer(NativeId actor, Network target, Consent.State state, Instant since) {
        return new Consent(actor, target, state, state == GIVEN ? "followed the bot" : "blocked the bot", since);
    }
}
