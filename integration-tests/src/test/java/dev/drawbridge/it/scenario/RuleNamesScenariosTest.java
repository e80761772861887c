package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.port.Complaints.Complaint;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rules about domains and handles, and people whose ids say neither.
class RuleNamesScenariosTest extends RuledScenario {
    private final NativeId ann = sky.person("did:plc:ann");
    private final NativeId bob = sky.person("did:plc:bob");
    private final NativeId unnamed = new NativeId(Network.ATPROTO, "did:plc:unnamed");

    @BeforeEach
    void everybodyIsCarried() {
        sky.profile(Profile.bare(ann, "ann.good.example"));
        sky.profile(Profile.bare(bob, "bob.spam.example"));
        for (NativeId person : List.of(ann, bob, unnamed)) {
            optIn(person, sky, Network.NOSTR);
            posts(person, sky, "first of " + person.value());
        }
    }

    /// Nobody is known any more.
    private void startAnew() {
        open();
        follow();
    }

    private List<NativeId> takenBack() {
        return only(Activity.Delete.class, nostr.all()).stream()
                .map(Activity::author)
                .distinct()
                .toList();
    }

    private void onlyGoodOnes() {
        rule(Kind.DOMAIN, "good.example", Effect.ALLOW, "friends");
        startAnew();
        rule(Kind.DOMAIN, "*", Effect.DENY, "an instance for a few");
    }

    @Test
    void whoIsExceptedFromADenialOfAllKeepsWhatIsThereAndGoesOnThroughEveryStart() {
        onlyGoodOnes();
        for (int start = 0; start < 3; start++) {
            startAnew();
            posts(ann, sky, "after start " + start);
        }
        assertThat(takenBack()).containsExactly(ghost(bob, Network.NOSTR));
        assertThat(texts(nostr.all())).contains("after start 0", "after start 1", "after start 2");
    }

    @Test
    void whatIsTakenBackIsTakenBackOnce() {
        onlyGoodOnes();
        int before = only(Activity.Delete.class, nostr.all()).size();
        startAnew();
        posts(bob, sky, "second");
        startAnew();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(before);
        assertThat(texts(nostr.all())).doesNotContain("second");
    }

    @Test
    void ofWhomNobodyKnowsWhatTheyAreCalledNothingCrossesAndNothingIsTakenBack() {
        onlyGoodOnes();
        posts(unnamed, sky, "second");
        startAnew();
        assertThat(texts(nostr.all())).doesNotContain("second");
        assertThat(takenBack()).doesNotContain(ghost(unnamed, Network.NOSTR));
        sky.profile(Profile.bare(unnamed, "now.good.example"));
        startAnew();
        posts(unnamed, sky, "third");
        assertThat(texts(nostr.all())).contains("third");
    }

    /// A network that does not get an answer about a name shows an id or a key in its place.
    @Test
    void whoIsExceptedLosesNothingWhileTheirNetworkDoesNotKnowTheirName() {
        sky.profile(Profile.bare(ann, ann.value()));
        onlyGoodOnes();
        startAnew();
        posts(ann, sky, "meanwhile");
        assertThat(takenBack()).doesNotContain(ghost(ann, Network.NOSTR));
        assertThat(letters(ann, sky)).isEmpty();
        sky.profile(Profile.bare(ann, "ann.good.example"));
        startAnew();
        posts(ann, sky, "afterwards");
        assertThat(texts(nostr.all())).contains("afterwards");
    }

    @Test
    void whatWaitedThroughAStartStillCrosses() {
        onlyGoodOnes();
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "busy"))
                : Optional.empty());
        posts(ann, sky, "waited");
        startAnew();
        nostr.working();
        bridge.after(Duration.ofHours(2));
        assertThat(texts(nostr.all())).contains("waited");
    }

    @Test
    void aDomainRuleHoldsForThoseWhoseIdsHaveNoHost() {
        startAnew();
        rule(Kind.DOMAIN, "spam.example", Effect.HIDE, "spam wave");
        assertThat(takenBack()).as("nobody knows yet who is there").isEmpty();
        posts(bob, sky, "second");
        posts(bob, sky, "third");
        posts(ann, sky, "of others");
        assertThat(texts(nostr.all())).contains("of others").doesNotContain("second", "third");
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(takenBack()).containsExactly(ghost(bob, Network.NOSTR));
        ends(Kind.DOMAIN, "spam.example");
        posts(bob, sky, "fourth");
        assertThat(texts(nostr.all())).contains("fourth");
    }

    @Test
    void aHandleRuleHoldsToo() {
        startAnew();
        clerk.put(new Subject(Kind.ACTOR, "bob.spam.example"), Effect.FREEZE, "under review", Optional.empty());
        follow();
        posts(bob, sky, "second");
        assertThat(texts(nostr.all())).doesNotContain("second");
        assertThat(takenBack()).isEmpty();
    }

    @Test
    void whomTheDoorCannotTellReportsNobody() {
        onlyGoodOnes();
        rule(Kind.ACTOR, "nora", Effect.ALLOW, "a friend");
        optIn(nora, nostr, Network.ATPROTO);
        reports(bob, "of somebody denied");
        reports(ann, "of a friend");
        assertThat(ports.complaints().newest(false, 10))
                .extracting(Complaint::reason)
                .containsExactly("of a friend");
    }

    private void reports(NativeId person, String reason) {
        var report = new Activity.Report(
                id(person, "report"), person, clock.instant(), ghost(nora, Network.ATPROTO), Optional.empty(), reason);
        assertThat(sky.happens(report)).isInstanceOf(Receipt.Accepted.class);
        bridge.settle();
    }

    @Test
    void whoWasNeverToldOfARuleIsNotToldOfItsEnd() {
        fedi.profile(Profile.bare(alice, "@alice@good.example"));
        optIn(alice, fedi, Network.NOSTR);
        onlyGoodOnes();
        startAnew();
        ends(Kind.DOMAIN, "*");
        assertThat(letters(alice, fedi)).isEmpty();
    }
}
