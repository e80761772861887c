package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Appeals;
import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.moderation.Subject.Kind;
import dev.drawbridge.model.port.Complaints;
import dev.drawbridge.model.port.Complaints.Complaint;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the operator allows and denies, and what those hear of it whom it concerns.
class RuleScenariosTest extends RuledScenario {
    @Test
    void whoIsFrozenSaysNothingNewAndWhatIsThereStaysAndCanBeDeleted() {
        optIn(alice, fedi, Network.NOSTR);
        Activity.Publish first = post(alice, "first", Optional.empty());
        fedi.happens(first);
        bridge.settle();
        rule(Kind.ACTOR, "alice", Effect.FREEZE, "under review");
        posts(alice, fedi, "second");
        assertThat(texts(nostr.all())).containsExactly("first");
        assertThat(only(Activity.Delete.class, nostr.all())).isEmpty();
        assertThat(reasons()).containsExactly("those who run this bridge keep back what you post: under review");
        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), first.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        ends(Kind.ACTOR, "alice");
        posts(alice, fedi, "third");
        assertThat(texts(nostr.all())).containsExactly("first", "third");
        assertThat(letters(alice, fedi)).hasSize(2);
        assertThat(letters(alice, fedi).getFirst()).contains("keep back what you post: under review", "say appeal");
        assertThat(letters(alice, fedi).getLast()).contains("does not hold any more");
    }

    @Test
    void whoIsHiddenIsTakenBackAndGoesOnUnderTheSameNameWhenTheRuleEnds() {
        fedi.profile(Profile.bare(alice, "@alice@social.example"));
        optIn(alice, fedi, Network.NOSTR);
        NativeId ghost = ghost(alice, Network.NOSTR);
        posts(alice, fedi, "first");
        rule(Kind.DOMAIN, "social.example", Effect.HIDE, "spam wave");
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.DeleteAccount.class, nostr.all())).isEmpty();
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        posts(alice, fedi, "second");
        ends(Kind.DOMAIN, "social.example");
        posts(alice, fedi, "third");
        assertThat(texts(nostr.all())).containsExactly("first", "third");
        assertThat(ghost(alice, Network.NOSTR)).isEqualTo(ghost);
    }

    @Test
    void ofWhomIsDeniedNothingIsReadAndLeavingStillWorks() {
        optIn(mallory, fedi, Network.NOSTR);
        posts(mallory, fedi, "first");
        rule(Kind.ACTOR, "mallory@spam.example", Effect.DENY, "spam");
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(fedi.happens(post(mallory, "second", Optional.empty())))
                .isEqualTo(new Receipt.Ignored("denied by the operator"));
        assertThat(letters(mallory, fedi)).singleElement().asString().contains("do not carry you: spam");
        says(mallory, fedi, "stop");
        assertThat(wants(mallory, Network.NOSTR)).isFalse();
        assertThat(only(Activity.DeleteAccount.class, nostr.all())).hasSize(1);
        says(mallory, fedi, "start");
        assertThat(wants(mallory, Network.NOSTR)).isFalse();
        assertThat(letters(mallory, fedi)).last().asString().contains("do not carry you: spam");
    }

    @Test
    void nobodyNewIsLetInOfADeniedDomainAndNobodyThereFollows() {
        fedi.profile(Profile.bare(dora, "@dora@spam.example"));
        rule(Kind.DOMAIN, "spam.example", Effect.DENY, "spam");
        optIn(dora, fedi, Network.NOSTR);
        assertThat(wants(dora, Network.NOSTR)).isFalse();
        assertThat(letters(dora, fedi)).singleElement().asString().contains("do not carry you: spam");
        optIn(nora, nostr, Network.ACTIVITYPUB);
        fedi.happens(new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(ports.follows().followedBy(dora)).doesNotContain(nora);
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(dora))))
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.accepted()).isFalse());
        says(dora, fedi, "status");
        assertThat(letters(dora, fedi)).last().asString().contains("Nostr: not shown", "The reason: spam");
    }

    @Test
    void nothingIsSentToADeniedServerButWhatTakesBack() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        fedi.happens(
                new Activity.Follow(id(mallory, "follow"), mallory, clock.instant(), ghost(nora, Network.ACTIVITYPUB)));
        bridge.settle();
        Activity.Publish first = post(nora, "first", Optional.empty());
        nostr.happens(first);
        bridge.settle();
        assertThat(texts(fedi.at(fedi.inbox(mallory)))).containsExactly("first");
        rule(Kind.DOMAIN, "spam.example", Effect.DENY, "spam");
        posts(nora, nostr, "second");
        assertThat(texts(fedi.at(fedi.inbox(mallory)))).containsExactly("first");
        assertThat(texts(fedi.at(fedi.place()))).contains("second");
        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), first.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(mallory)))).hasSize(1);
    }

    @Test
    void whatWaitsWhenARuleIsMadeNeverCrosses() {
        optIn(alice, fedi, Network.NOSTR);
        nostr.failing((_, activity) -> activity instanceof Activity.Publish
                ? Optional.of(new DeliveryOutcome.Retry(Optional.empty(), "busy"))
                : Optional.empty());
        posts(alice, fedi, "first");
        rule(Kind.ACTOR, "alice", Effect.FREEZE, "under review");
        nostr.working();
        bridge.after(Duration.ofHours(2));
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(reasons()).containsExactly("the operator does not carry its author: under review");
    }

    @Test
    void aDeniedWordKeepsThePostHomeAndItsAuthorIsToldOnce() {
        optIn(alice, fedi, Network.NOSTR);
        rule(Kind.WORD, "buy now", Effect.DENY, "advertisements");
        posts(alice, fedi, "Buy NOW!");
        posts(alice, fedi, "please buy now");
        posts(alice, fedi, "buy it now");
        assertThat(texts(nostr.all())).containsExactly("buy it now");
        assertThat(letters(alice, fedi)).singleElement().asString().contains("does not carry what is in it: adv");
        assertThat(reasons()).hasSize(2).allMatch("this bridge does not carry what is in it: advertisements"::equals);
    }

    @Test
    void aRuleEndsByItselfAndThatIsTold() {
        optIn(alice, fedi, Network.NOSTR);
        clerk.put(
                clerk.meant(Kind.ACTOR, "alice"),
                Effect.FREEZE,
                "a day of rest",
                Optional.of(clock.instant().plus(Duration.ofDays(1))));
        follow();
        posts(alice, fedi, "first");
        clock.advance(Duration.ofDays(1));
        follow();
        posts(alice, fedi, "second");
        assertThat(texts(nostr.all())).containsExactly("second");
        assertThat(letters(alice, fedi)).hasSize(2).last().asString().contains("does not hold any more");
        assertThat(store.all()).isEmpty();
    }

    @Test
    void nobodyIsToldTwiceThroughARestart() {
        optIn(alice, fedi, Network.NOSTR);
        rule(Kind.ACTOR, "alice", Effect.FREEZE, "under review");
        open();
        follow();
        posts(alice, fedi, "first");
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(letters(alice, fedi)).hasSize(1);
        rule(Kind.ACTOR, "alice", Effect.HIDE, "reviewed");
        assertThat(letters(alice, fedi)).hasSize(2).last().asString().contains("do not show what you post: reviewed");
    }

    @Test
    void anAppealLiesInTheQueueInTheirWordsAndIsAnswered() {
        optIn(alice, fedi, Network.NOSTR);
        says(alice, fedi, "appeal I did nothing");
        assertThat(letters(alice, fedi)).last().asString().contains("Nobody decided anything against you");
        assertThat(ports.complaints().newest(false, 10)).isEmpty();
        rule(Kind.ACTOR, "alice", Effect.DENY, "spam");
        says(alice, fedi, "Appeal: That was NOT me,  it was Zoë!");
        says(alice, fedi, "appeal It was really not me");
        Complaint appeal =
                ports.complaints().newest(true, 10).stream().findFirst().orElseThrow();
        assertThat(ports.complaints().newest(true, 10)).hasSize(1);
        assertThat(appeal.reason()).isEqualTo("It was really not me");
        assertThat(appeal.person()).isEqualTo(alice);
        assertThat(Appeals.isOne(appeal)).isTrue();
        bridge.decided(Appeals.refused(appeal, "the logs say otherwise", clock.instant()));
        bridge.settle();
        assertThat(letters(alice, fedi)).last().asString().contains("stay with their decision: the logs say otherwise");
        ports.complaints().decide(appeal.id(), Complaints.State.DISMISSED, "x");
        ends(Kind.ACTOR, "alice");
        rule(Kind.ACTOR, "alice", Effect.FREEZE, "again");
        says(alice, fedi, "contester ce n’est pas moi");
        assertThat(letters(alice, fedi)).last().asString().contains("liront ce que vous avez écrit");
        assertThat(ports.complaints().newest(true, 10))
                .as("another decision, another appeal")
                .extracting(Complaint::reason)
                .containsExactly("ce n’est pas moi");
    }

    private Complaint onlyAppeal() {
        assertThat(ports.complaints().newest(false, 10)).hasSize(1);
        return ports.complaints().newest(false, 10).getFirst();
    }

    private void dismissed(Complaint appeal, String reason) {
        ports.complaints().decide(appeal.id(), Complaints.State.DISMISSED, reason);
        bridge.decided(Appeals.refused(appeal, reason, clock.instant()));
        bridge.settle();
    }

    @Test
    void whosePostWasKeptBackForItsWordsCanAppealAsTheyAreTold() {
        optIn(alice, fedi, Network.NOSTR);
        optIn(dora, fedi, Network.NOSTR);
        rule(Kind.WORD, "buy now", Effect.DENY, "advertisements");
        rule(Kind.WORD, "sell now", Effect.DENY, "advertisements");
        posts(alice, fedi, "do not buy now!");
        assertThat(letters(alice, fedi)).last().asString().contains("say appeal");
        says(alice, fedi, "appeal it was a warning");
        assertThat(letters(alice, fedi)).last().asString().contains("will read what you wrote");
        says(dora, fedi, "appeal me too");
        assertThat(letters(dora, fedi)).last().asString().contains("Nobody decided anything against you");
        dismissed(onlyAppeal(), "no matter why");
        assertThat(letters(alice, fedi)).last().asString().contains("stay with their decision: no matter why");
        ends(Kind.WORD, "buy now");
        says(alice, fedi, "appeal again");
        assertThat(letters(alice, fedi)).last().asString().contains("Nobody decided anything against you");
    }

    @Test
    void whatWasAppealedAndDecidedIsNotAppealedAgain() {
        optIn(alice, fedi, Network.NOSTR);
        rule(Kind.ACTOR, "alice", Effect.DENY, "spam");
        says(alice, fedi, "appeal it was not me");
        dismissed(onlyAppeal(), "it was");
        says(alice, fedi, "appeal it really was not");
        assertThat(letters(alice, fedi)).last().asString().contains("read your appeal against this before");
        assertThat(onlyAppeal().reason()).isEqualTo("it was not me");
        assertThat(onlyAppeal().state()).isEqualTo(Complaints.State.DISMISSED);
    }

    @Test
    void whoseRuleEndedIsNotToldThatItStays() {
        optIn(alice, fedi, Network.NOSTR);
        rule(Kind.ACTOR, "alice", Effect.FREEZE, "under review");
        says(alice, fedi, "appeal it was not me");
        ends(Kind.ACTOR, "alice");
        dismissed(onlyAppeal(), "too late");
        assertThat(letters(alice, fedi)).last().asString().contains("does not hold any more");
    }

    @Test
    void theEndOfARuleIsToldOnceByHoweverManyAndAlsoIfItEndedWhileNobodyLooked() {
        optIn(alice, fedi, Network.NOSTR);
        clerk.put(
                clerk.meant(Kind.ACTOR, "alice"),
                Effect.FREEZE,
                "a day of rest",
                Optional.of(clock.instant().plus(Duration.ofDays(1))));
        follow();
        clock.advance(Duration.ofDays(2));
        open();
        follow();
        assertThat(letters(alice, fedi)).hasSize(2).last().asString().contains("does not hold any more");
        RuleClerk other = bridge.clerk(store, ports, live);
        rule(Kind.ACTOR, "alice", Effect.FREEZE, "again");
        other.look();
        clerk.remove(new Subject(Kind.ACTOR, "alice"));
        other.look();
        clock.advance(Duration.ofSeconds(1));
        follow();
        assertThat(letters(alice, fedi)).hasSize(4).last().asString().contains("does not hold any more");
    }

    @Test
    void whoWasRemovedCanAppealToo() {
        optIn(alice, fedi, Network.NOSTR);
        bridge.decided(new Sanction(true, "spam", clock.instant()).about(alice));
        bridge.settle();
        says(alice, fedi, "appeal it was not me");
        assertThat(ports.complaints().newest(true, 10)).hasSize(1);
    }

    @Test
    void strangersCannotFillTheQueueOfAppeals() {
        rule(Kind.DOMAIN, "spam.example", Effect.DENY, "spam");
        for (int i = 0; i < 40; i++) {
            NativeId sock = fedi.person("sock" + i + "@spam.example");
            says(sock, fedi, "status");
            says(sock, fedi, "appeal me too");
        }
        assertThat(ports.complaints().newest(true, 100)).hasSize(30);
        assertThat(letters(fedi.person("sock39@spam.example"), fedi))
                .last()
                .asString()
                .contains("Too many have appealed today");
    }

    @Test
    void whatAnotherInstanceDecidedIsKnownHereAfterAMoment() {
        optIn(alice, fedi, Network.NOSTR);
        RuleClerk other = bridge.clerk(store, ports, new LiveRules(List.of(), clock));
        other.put(new Subject(Kind.ACTOR, "alice"), Effect.FREEZE, "under review", Optional.empty());
        follow();
        posts(alice, fedi, "first");
        assertThat(texts(nostr.all())).isEmpty();
        assertThat(letters(alice, fedi)).hasSize(1);
    }

    @Test
    void whoeverIsMeantIsNamedByTheirIdAndAHandleOfNobodyAsItIs() {
        fedi.profile(Profile.bare(alice, "@alice@social.example"));
        assertThat(clerk.meant(Kind.ACTOR, "@alice@social.example").value()).isEqualTo("alice");
        assertThat(clerk.meant(Kind.ACTOR, "@gone@social.example").value()).isEqualTo("gone@social.example");
    }

    @Test
    void whoIsKeptBackSendsNobodyAnywhere() {
        optIn(nora, nostr, Network.ACTIVITYPUB);
        NativeId own = new NativeId(Network.ACTIVITYPUB, "nora there");
        fedi.profile(Profile.builder(own, "@nora@fedi.example")
                .aliases(List.of(FakeNetwork.alias(ghost(nora, Network.ACTIVITYPUB))))
                .build());
        rule(Kind.ACTOR, "nora", Effect.FREEZE, "under review");
        says(nora, nostr, "migrate @nora@fedi.example");
        assertThat(only(Activity.Move.class, fedi.all())).isEmpty();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        assertThat(texts(nostr.all())).last().asString().contains("keep back what you post: under review");
        ends(Kind.ACTOR, "nora");
        says(nora, nostr, "migrate @nora@fedi.example");
        assertThat(wants(nora, Network.ACTIVITYPUB)).isFalse();
    }
}
