package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.LiveRules;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.engine.notice.Notice;
import dev.drawbridge.engine.notice.NoticeKey;
import dev.drawbridge.engine.notice.Phrases;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.testkit.fake.FakeBridge;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// People keep others away, with their app or by telling a bot.
class BoundaryScenariosTest extends Scenario {
    private NativeId both() {
        fedi.profile(Profile.bare(alice, "@alice"));
        nostr.profile(Profile.bare(nora, "@nora@relay.example"));
        optIn(alice, fedi, Network.NOSTR);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        clock.advance(Duration.ofSeconds(1));
        return ghost(nora, Network.ACTIVITYPUB);
    }

    private String answer(NativeId person, FakeNetwork home, String words) {
        clock.advance(Duration.ofSeconds(1));
        home.says(person, bot(home.network(), home == nostr ? Network.ACTIVITYPUB : Network.NOSTR), words);
        bridge.settle();
        return letters(person, home).getLast();
    }

    private List<String> heard() {
        return texts(fedi.at(fedi.inbox(alice))).stream()
                .filter(text -> text.startsWith("answer"))
                .toList();
    }

    private void noraAnswers(Activity.Publish post, String text) {
        clock.advance(Duration.ofSeconds(1));
        nostr.happens(post(nora, text, Optional.of(post.post().id())));
        bridge.settle();
    }

    private Activity.Publish written() {
        Activity.Publish post = post(alice, "hello", Optional.empty());
        fedi.happens(post);
        bridge.settle();
        return post;
    }

    @Test
    void ofWhomIsMutedNothingIsBroughtUntilTheyAreNotAnyMore() {
        both();
        Activity.Publish post = written();
        noraAnswers(post, "answer 1");
        assertThat(answer(alice, fedi, "mute @nora@relay.example")).contains("bring you nothing any more");
        noraAnswers(post, "answer 2");
        clock.advance(Duration.ofSeconds(1));
        nostr.happens(new Activity.React(
                id(nora, "like"),
                nora,
                clock.instant(),
                ObjectRef.of(post.post().id()),
                Optional.empty()));
        bridge.settle();
        assertThat(heard()).containsExactly("answer 1");
        assertThat(only(Activity.React.class, fedi.at(fedi.inbox(alice)))).isEmpty();
        assertThat(answer(alice, fedi, "démasquer nora@relay.example")).contains("entendez de nouveau");
        noraAnswers(post, "answer 3");
        assertThat(heard()).containsExactly("answer 1", "answer 3");
    }

    @Test
    void whatSomebodyTakesBackIsTakenBackFromWhoMutedThemToo() {
        both();
        Activity.Publish post = written();
        Activity.Publish reply = post(nora, "answer 1", Optional.of(post.post().id()));
        nostr.happens(reply);
        bridge.settle();
        answer(alice, fedi, "mute @nora@relay.example");
        nostr.happens(new Activity.Delete(
                id(nora, "delete"), nora, clock.instant(), reply.post().id()));
        bridge.settle();
        assertThat(only(Activity.Delete.class, fedi.at(fedi.inbox(alice)))).hasSize(1);
    }

    @Test
    void whoIsBlockedByTellingABotFollowsNobodyAndIsToldOnTheirNetwork() {
        NativeId ghost = both();
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR)));
        fedi.happens(new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost));
        bridge.settle();
        assertThat(ports.follows().find(nora, alice)).isPresent();
        assertThat(answer(alice, fedi, "block nora@relay.example")).contains("does not follow you");
        assertThat(ports.follows().find(nora, alice)).isEmpty();
        assertThat(ports.follows().find(alice, nora)).isEmpty();
        assertThat(only(Activity.Block.class, nostr.all())).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR)));
        bridge.settle();
        assertThat(ports.follows().find(nora, alice)).as("nor do they again").isEmpty();
        noraAnswers(written(), "answer 1");
        assertThat(heard()).isEmpty();
        assertThat(answer(alice, fedi, "unblock nora@relay.example")).contains("is not blocked any more");
        assertThat(only(Activity.Unblock.class, nostr.all())).hasSize(1);
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR)));
        bridge.settle();
        assertThat(ports.follows().find(nora, alice)).isPresent();
    }

    @Test
    void aBlockByTheAppIsKeptInMindLikeOneByWord() {
        NativeId ghost = both();
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), ghost));
        bridge.settle();
        assertThat(ports.preferences().of(alice).blocked()).containsOnlyKeys(nora);
        assertThat(only(Activity.Block.class, nostr.all())).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        nostr.happens(new Activity.Follow(id(nora, "follow"), nora, clock.instant(), ghost(alice, Network.NOSTR)));
        bridge.settle();
        assertThat(ports.follows().find(nora, alice)).isEmpty();
        fedi.happens(new Activity.Unblock(id(alice, "unblock"), alice, clock.instant(), ghost));
        bridge.settle();
        assertThat(ports.preferences().of(alice).blocked()).isEmpty();
    }

    @Test
    void anEndThatNamesOnlyTheBlockEndsIt() {
        NativeId skye = sky.person("skye");
        optIn(skye, sky, Network.NOSTR);
        optIn(nora, nostr, Network.ATPROTO);
        clock.advance(Duration.ofSeconds(1));
        NativeId block = id(skye, "block");
        sky.happens(new Activity.Block(block, skye, clock.instant(), ghost(nora, Network.ATPROTO)));
        bridge.settle();
        assertThat(ports.preferences().of(skye).blocked()).isEqualTo(Map.of(nora, block));
        sky.happens(new Activity.Unblock(id(skye, "unblock"), skye, clock.instant(), block));
        bridge.settle();
        assertThat(ports.preferences().of(skye).blocked()).isEmpty();
        assertThat(only(Activity.Unblock.class, nostr.all())).hasSize(1);
    }

    @Test
    void whomSomebodyBlocksOfTheirOwnNetworkIsNotKept() {
        both();
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), dora));
        bridge.settle();
        assertThat(ports.preferences().of(alice).blocked()).isEmpty();
    }

    @Test
    void whoShunsAsManyAsAreKeptIsToldAndNothingIsDone() {
        NativeId ghost = both();
        fedi.happens(new Activity.Follow(id(alice, "follow"), alice, clock.instant(), ghost));
        bridge.settle();
        Map<NativeId, NativeId> blocked = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            blocked.put(new NativeId(Network.NOSTR, "n" + i), id(alice, "block"));
        }
        ports.preferences()
                .put(ports.preferences().of(alice).withBlocked(blocked).withMuted(Set.copyOf(blocked.keySet())));
        assertThat(answer(alice, fedi, "block nora@relay.example")).contains("no more than 5000 people");
        assertThat(answer(alice, fedi, "mute nora@relay.example")).contains("no more than 5000 people");
        assertThat(ports.preferences().of(alice).shuns(nora)).isFalse();
        assertThat(ports.follows().find(alice, nora)).isPresent();
        assertThat(only(Activity.Block.class, nostr.all())).isEmpty();
    }

    @Test
    void whoIsDeniedCanStillEndABlock() {
        NativeId ghost = both();
        fedi.happens(new Activity.Block(id(alice, "block"), alice, clock.instant(), ghost));
        bridge.settle();
        var live = new LiveRules(List.of("alice"), clock);
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, new Mirrors(), live));
        fedi.happens(new Activity.Unblock(id(alice, "unblock"), alice, clock.instant(), ghost));
        bridge.settle();
        assertThat(ports.preferences().of(alice).blocked()).isEmpty();
    }

    @Test
    void nobodyIsShunnedWhoCannotBeTold() {
        both();
        sky.profile(Profile.bare(sky.person("nora2"), "@nora@relay.example"));
        assertThat(answer(alice, fedi, "mute nora@relay.example")).contains("Several people are called");
        assertThat(answer(alice, fedi, "mute nobody@relay.example")).contains("I know nobody");
        assertThat(answer(alice, fedi, "block dora"))
                .as("their own app is for that")
                .contains("I know nobody");
        assertThat(answer(dora, fedi, "block nora@relay.example")).contains("carried nowhere yet");
        assertThat(ports.preferences().of(alice).muted()).isEmpty();
    }

    @Test
    void handleTellsTheNamesElsewhere() {
        both();
        assertThat(answer(alice, fedi, "handle")).contains("Nostr: shown as @ghost of activitypub|alice");
        assertThat(answer(dora, fedi, "adresse")).contains("encore porté nulle part");
    }

    /// Nothing is promised for later, and every answer is in the words' own language.
    @Test
    void everyCommandIsAnsweredByEveryBotInItsOwnLanguage() {
        both();
        List<String> asked = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            if (verb == Verb.UNKNOWN) {
                continue;
            }
            for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                String words = typed(verb, language);
                for (boolean onNostr : new boolean[] {false, true}) {
                    FakeNetwork home = onNostr ? nostr : fedi;
                    NativeId person = onNostr ? nora : alice;
                    clock.advance(Duration.ofMinutes(11));
                    String said = answer(person, home, words);
                    String notYet = Phrases.load().say(Notice.of(NoticeKey.NOT_YET), language);
                    String unknown = Phrases.load().say(Notice.of(NoticeKey.UNKNOWN), language);
                    assertThat(said).as(words).doesNotContain(unknown).doesNotContain(notYet);
                    asked.add(words);
                }
            }
        }
        assertThat(asked).hasSize((Verb.values().length - 1) * 4);
    }

    private static String typed(Verb verb, Locale language) {
        String argument = switch (verb) {
            case NOTIFY, UNLISTED, THREADS, REPLACE -> " on";
            case DIGEST -> language.equals(Locale.FRENCH) ? " quotidien" : " daily";
            case ACCEPT, REJECT, MUTE, UNMUTE, BLOCK, UNBLOCK, ASK, FOLLOW, UNFOLLOW, VOUCH, UNVOUCH, LINK ->
                " somebody@relay.example";
            case APPEAL -> " it was not me";
            default -> "";
        };
        return new dev.drawbridge.model.bot.Command(verb, List.of(), language).text() + argument;
    }
}
