package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.port.Preferences.Preference;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What people tell bots, and what bots say.
class BotScenariosTest extends Scenario {
    private static final String SHOWN = "Nostr: shown as @ghost of activitypub|alice";

    @Test
    void startCarriesLikeAFollowAndIsAnsweredOnBothKindsOfNetworks() {
        assertThat(tell(alice, fedi, Network.NOSTR, "start")).contains("carried to Nostr");
        assertThat(tell(nora, nostr, Network.ACTIVITYPUB, "start")).contains("carried to the Fediverse");
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        assertThat(wants(nora, Network.ACTIVITYPUB)).isTrue();
        assertThat(only(Activity.Follow.class, fedi.at(fedi.inbox(alice))))
                .as("the bot follows back to be sent the posts")
                .hasSize(1);
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        assertThat(texts(nostr.all())).contains("hello");
    }

    @Test
    void networksCanBeNamedAndAllMeansAll() {
        assertThat(tell(alice, fedi, Network.NOSTR, "start bluesky")).contains("carried to Bluesky");
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        assertThat(wants(alice, Network.ATPROTO)).isTrue();
        assertThat(tell(alice, fedi, Network.NOSTR, "start all")).contains("Bluesky and Nostr");
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(alice, fedi, Network.NOSTR, "stop bluesky")).contains("no longer carried to Bluesky");
        assertThat(wants(alice, Network.NOSTR)).isTrue();
        assertThat(wants(alice, Network.ATPROTO)).isFalse();
        assertThat(tell(alice, fedi, Network.NOSTR, "start myspace")).contains("I know atproto, nostr");
    }

    @Test
    void stopTakesBackAndDeleteStopsEverywhere() {
        tell(alice, fedi, Network.NOSTR, "start all");
        fedi.happens(post(alice, "hello", Optional.empty()));
        bridge.settle();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tell(alice, fedi, Network.NOSTR, "stop")).contains("no longer carried to Nostr");
        assertThat(only(Activity.Delete.class, nostr.all())).hasSize(1);
        assertThat(only(Activity.Delete.class, sky.all())).isEmpty();
        assertThat(tell(alice, fedi, Network.NOSTR, "delete")).contains("no longer carried anywhere");
        assertThat(only(Activity.Delete.class, sky.all())).hasSize(1);
        assertThat(fedi.happens(post(alice, "again", Optional.empty()))).isInstanceOf(Receipt.Ignored.class);
    }

    private int answersTo(NativeId message, Duration later) {
        clock.advance(later);
        ports.notices().forget(clock.instant());
        var told = new Told(Command.read("status"), clock.instant());
        bridge.accept(new NativeEvent(
                message,
                alice,
                NativeEvent.Kind.COMMAND,
                Set.of(bot(Network.ACTIVITYPUB, Network.NOSTR)),
                told.body(),
                clock.instant()));
        bridge.settle();
        return letters(alice, fedi).size();
    }

    @Test
    void aMessageThatComesAgainIsNotAnsweredAgainAndWhatRemembersItGoesWhenNoneComesAgain() {
        NativeId message = id(alice, "message");
        assertThat(answersTo(message, Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(answersTo(message, Duration.ofDays(8))).isEqualTo(1);
        assertThat(answersTo(message, Duration.ofDays(20))).isEqualTo(1);
        clock.advance(Duration.ofDays(3));
        assertThat(ports.notices().forget(clock.instant())).isEqualTo(1);
    }

    @Test
    void statusTellsWhereWhoAndWhyNot() {
        assertThat(tell(alice, fedi, Network.NOSTR, "status"))
                .contains("Nostr: not shown; say start, or follow this account")
                .contains("Bluesky: not shown");
        tell(alice, fedi, Network.NOSTR, "start");
        assertThat(tell(alice, fedi, Network.NOSTR, "status"))
                .contains(SHOWN)
                .contains("Only posts in public timelines cross.")
                .contains("I write to you when something needs you.");
        clock.advance(Duration.ofSeconds(1));
        tell(alice, fedi, Network.NOSTR, "stop");
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains("Nostr: not shown; you left");
        fedi.profile(Profile.builder(alice, "@alice").refusesBridging(true).build());
        restart();
        assertThat(tell(alice, fedi, Network.NOSTR, "status"))
                .contains("your profile says that it must not be bridged");
        assertThat(tell(alice, fedi, Network.NOSTR, "start"))
                .contains("You are not carried to Nostr: your profile says");
        assertThat(wants(alice, Network.NOSTR)).isFalse();
    }

    @Test
    void aCodeForTheAccountPageIsGoodOnceAndForTenMinutes() {
        Pattern code = Pattern.compile("[a-z2-9]{4}(-[a-z2-9]{4}){2}");
        Matcher first = code.matcher(tell(alice, fedi, Network.NOSTR, "signin"));
        assertThat(first.find()).isTrue();
        assertThat(bridge.signIns.redeem("abcd-abcd-abcd")).isEmpty();
        assertThat(bridge.signIns.redeem(
                        " " + first.group().toUpperCase(Locale.ROOT).replace("-", " ")))
                .contains(alice);
        assertThat(bridge.signIns.redeem(first.group())).isEmpty();
        assertThat(tell(nora, nostr, Network.ATPROTO, "connexion")).contains("https://bridge.example/account", "code");
        Matcher late = code.matcher(tell(alice, fedi, Network.NOSTR, "login"));
        assertThat(late.find()).isTrue();
        clock.advance(Duration.ofMinutes(11));
        assertThat(bridge.signIns.redeem(late.group())).isEmpty();
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(ports.crossings().newest(50))
                .noneSatisfy(c -> assertThat(c.toString()).contains(late.group()));
    }

    @Test
    void softSignalsAreToldAndWhoAsksIsCarriedAllTheSame() {
        fedi.profile(Profile.builder(alice, "@alice").locked(true).build());
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains("your account is locked");
        tell(alice, fedi, Network.NOSTR, "start");
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains(SHOWN);
    }

    @Test
    void whatIsNotUnderstoodGetsHelpAndNothingOfItIsStored() {
        assertThat(tell(alice, fedi, Network.NOSTR, "I love you"))
                .contains("did not understand")
                .contains("start: from now on");
        assertThat(tell(alice, fedi, Network.NOSTR, "help")).startsWith("@alice I carry what you post");
        assertThat(tell(alice, fedi, Network.NOSTR, "aide")).contains("Je porte ce que vous publiez");
        for (String nobody : List.of("mute", "unmute", "block", "unblock", "appeal")) {
            assertThat(tell(alice, fedi, Network.NOSTR, nobody)).contains("did not understand", nobody + " ");
        }
        assertThat(tell(alice, fedi, Network.NOSTR, "migrate")).contains("None of your accounts");
        assertThat(ports.consents().of(alice)).isEmpty();
        assertThat(ports.preferences().of(alice)).isEqualTo(Preference.byDefault(alice));
        assertThat(ports.crossings().newest(50))
                .noneSatisfy(c -> assertThat(c.toString()).contains("love"));
    }

    @Test
    void aWordToAGhostIsNoCommand() {
        tell(alice, fedi, Network.NOSTR, "start");
        assertThat(nostr.says(nora, ghost(alice, Network.NOSTR), "start")).isInstanceOf(Receipt.Ignored.class);
        assertThat(fedi.says(alice, ghost(alice, Network.NOSTR), "stop")).isInstanceOf(Receipt.Ignored.class);
    }

    @Test
    void aNetworkWhereBotsCannotWriteIsObeyedAllTheSame() {
        NativeId skye = sky.person("skye");
        sky.says(skye, bot(Network.ATPROTO, Network.NOSTR), "start");
        bridge.settle();
        assertThat(wants(skye, Network.NOSTR)).isTrue();
        assertThat(letters(skye, sky)).isEmpty();
    }

    @Test
    void nobodyMakesABotTalkWithoutEndAndStopIsAlwaysObeyed() {
        tell(alice, fedi, Network.NOSTR, "start");
        for (int i = 0; i < 30; i++) {
            tell(alice, fedi, Network.NOSTR, "hello");
        }
        assertThat(letters(alice, fedi)).hasSize(20);
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "stop");
        bridge.settle();
        assertThat(wants(alice, Network.NOSTR)).isFalse();
        clock.advance(Duration.ofMinutes(11));
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains("you left");
    }

    @Test
    void aCommandThatComesTwiceIsAnsweredOnce() {
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "start all");
        bridge.redeliver();
        bridge.settle();
        assertThat(letters(alice, fedi)).hasSize(1);
        assertThat(wants(alice, Network.NOSTR)).isTrue();
    }

    @Test
    void aRefusedFollowOfTheBotIsExplainedOnce() {
        fedi.profile(Profile.builder(alice, "@alice").refusesBridging(true).build());
        optIn(alice, fedi, Network.NOSTR);
        assertThat(letters(alice, fedi)).singleElement().asString().contains("your profile says that it must not");
        optIn(alice, fedi, Network.NOSTR);
        assertThat(letters(alice, fedi)).hasSize(1);
        optIn(alice, fedi, Network.ATPROTO);
        assertThat(letters(alice, fedi)).hasSize(2);
    }

    @Test
    void unlistedPostsCrossForWhoWantsThat() {
        assertThat(tell(alice, fedi, Network.NOSTR, "unlisted on")).contains("carried nowhere yet");
        tell(alice, fedi, Network.NOSTR, "start");
        fedi.happens(unlisted("one"));
        bridge.settle();
        assertThat(texts(nostr.all())).doesNotContain("one");
        assertThat(ports.crossings().newest(50))
                .anySatisfy(c -> assertThat(c.reason()).contains("not in public timelines"));
        assertThat(tell(alice, fedi, Network.NOSTR, "unlisted on")).contains("cross too");
        fedi.happens(unlisted("two"));
        bridge.settle();
        assertThat(texts(nostr.all())).contains("two");
        tell(alice, fedi, Network.NOSTR, "unlisted off");
        fedi.happens(unlisted("three"));
        bridge.settle();
        assertThat(texts(nostr.all())).doesNotContain("three");
        clock.advance(Duration.ofSeconds(1));
        tell(alice, fedi, Network.NOSTR, "delete");
        assertThat(ports.preferences().of(alice))
                .as("who leaves leaves nothing behind")
                .isEqualTo(Preference.byDefault(alice));
    }

    @Test
    void longPostsBecomeThreadsForWhoWantsThat() {
        tell(alice, fedi, Network.NOSTR, "start");
        assertThat(tell(alice, fedi, Network.NOSTR, "threads on")).contains("becomes several there");
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains("becomes several there");
        Activity.Publish post = post(alice, "one\n\ntwo\n\nthree", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        NativeId copy = ports.ledger()
                .copy(post.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
        var middle = new NativeId(Network.NOSTR, copy.value() + "#2");
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(post(nora, "what I say about two", Optional.of(middle)));
        bridge.settle();
        assertThat(only(Activity.Publish.class, fedi.all()))
                .filteredOn(said -> said.post().text().text().startsWith("what I say"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.post().inReplyTo())
                        .as("an answer to a part answers the original")
                        .contains(ObjectRef.of(post.post().id())));

        fedi.happens(new Activity.Delete(
                id(alice, "delete"), alice, clock.instant(), post.post().id()));
        bridge.settle();
        assertThat(ports.ledger().byCopy(middle))
                .as("a part goes with the whole")
                .isEmpty();

        assertThat(tell(alice, fedi, Network.NOSTR, "threads off")).contains("is cut there");
        Activity.Publish later = post(alice, "four\n\nfive", Optional.empty());
        fedi.happens(later);
        bridge.settle();
        assertThat(ports.ledger()
                        .copy(later.post().id(), Network.NOSTR)
                        .orElseThrow()
                        .parts())
                .isEmpty();
    }

    @Test
    void whoWantsEditsToBeWrittenAnewSaysSo() {
        tell(alice, fedi, Network.NOSTR, "start");
        assertThat(tell(alice, fedi, Network.NOSTR, "remplacer oui")).contains("écrit à nouveau");
        tell(alice, fedi, Network.NOSTR, "threads on");
        assertThat(ports.preferences().of(alice).choices())
                .as("one choice leaves the other alone")
                .isEqualTo(Choices.NONE.withEdits(Choices.Edits.REPLACE).withLongPosts(Choices.LongPosts.THREAD));
        assertThat(tell(alice, fedi, Network.NOSTR, "replace off")).contains("it stays where it is");
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains("it stays where it is");
    }

    @Test
    void aLockedPersonAnswersFollowersByCommand() {
        lockedAlice();
        follows(nora);
        NativeId nils = nostr.person("nils");
        follows(nils);
        assertThat(letters(alice, fedi))
                .satisfiesExactly(
                        first -> assertThat(first).contains("nora wants to follow you from Nostr"),
                        second -> assertThat(second).contains("nils wants to follow you"));
        assertThat(tell(alice, fedi, Network.NOSTR, "status")).contains("nora waits for your answer");

        assertThat(tell(alice, fedi, Network.NOSTR, "accept @Nora")).contains("nora may follow you now");
        assertThat(ports.follows().find(nora, alice).orElseThrow().active()).isTrue();
        assertThat(ports.follows().find(nils, alice).orElseThrow().active()).isFalse();
        follows(nora);
        assertThat(ports.follows().find(nora, alice).orElseThrow().active())
                .as("who was let in once need not ask again")
                .isTrue();
        assertThat(tell(alice, fedi, Network.NOSTR, "reject nils")).contains("nils does not follow you");
        assertThat(ports.follows().find(nils, alice)).isEmpty();
        assertThat(tell(alice, fedi, Network.NOSTR, "accept nils")).contains("Nobody of that name");
    }

    @Test
    void anAnswerTravelsToWhereFollowsWaitForOne() {
        nostr.profile(Profile.builder(nora, "nora").locked(true).build());
        tell(nora, nostr, Network.ACTIVITYPUB, "start");
        var follow = new Activity.Follow(id(dora, "follow"), dora, clock.instant(), ghost(nora, Network.ACTIVITYPUB));
        fedi.happens(follow);
        bridge.settle();
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(dora)))).isEmpty();
        tell(nora, nostr, Network.ACTIVITYPUB, "accept all");
        assertThat(only(Activity.FollowAnswer.class, fedi.at(fedi.inbox(dora))))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.accepted()).isTrue();
                    assertThat(answer.follow()).isEqualTo(follow.id());
                    assertThat(answer.author()).isEqualTo(ghost(nora, Network.ACTIVITYPUB));
                });
    }

    @Test
    void eachNoticeIsWrittenOnceAndNoneToWhoWantsNone() {
        lockedAlice();
        follows(nora);
        follows(nora);
        assertThat(letters(alice, fedi)).hasSize(1);
        assertThat(tell(alice, fedi, Network.NOSTR, "notify off")).contains("only answer when you ask");
        follows(nostr.person("nils"));
        assertThat(letters(alice, fedi)).hasSize(2);
        assertThat(tell(alice, fedi, Network.NOSTR, "notifier oui")).contains("Je vous écris quand");
        follows(nostr.person("nadia"));
        assertThat(letters(alice, fedi).getLast())
                .as("in the language they spoke last")
                .contains("nadia veut vous suivre depuis Nostr");
    }

    private void lockedAlice() {
        fedi.profile(Profile.builder(alice, "@alice").locked(true).build());
        optIn(alice, fedi, Network.NOSTR);
    }

    private void follows(NativeId follower) {
        nostr.happens(
                new Activity.Follow(id(follower, "follow"), follower, clock.instant(), ghost(alice, Network.NOSTR)));
        bridge.settle();
    }

    private Activity.Publish unlisted(String text) {
        Activity.Publish open = post(alice, text, Optional.empty());
        Post post = open.post().toBuilder().visibility(Visibility.UNLISTED).build();
        return new Activity.Publish(open.id(), open.at(), post);
    }
}
