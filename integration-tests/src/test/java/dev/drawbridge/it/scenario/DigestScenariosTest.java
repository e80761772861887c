package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.spi.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alice of the Fediverse is answered on Nostr by people who are not carried (ADR 59).
class DigestScenariosTest extends Scenario {
    private final NativeId stranger = nostr.person("stranger");
    private Activity.Publish question = post(alice, "anybody there?", Optional.empty());

    @BeforeEach
    void aliceIsCarried() {
        optIn(alice, fedi, Network.NOSTR);
        question = post(alice, "anybody there?", Optional.empty());
        fedi.happens(question);
        bridge.settle();
    }

    private NativeId copy(Activity.Publish post) {
        return ports.ledger()
                .copy(post.post().id(), Network.NOSTR)
                .orElseThrow()
                .ref()
                .id();
    }

    private Activity.Publish answers(NativeId person, Activity.Publish to) {
        NativeId id = id(person, "post");
        var mention = new Facet.Mention(0, 6, ghost(alice, Network.NOSTR));
        var answer = new Activity.Publish(
                id,
                clock.instant(),
                Post.builder(id, person, clock.instant())
                        .text(new RichText("@alice quagmire", List.of(mention)))
                        .inReplyTo(Optional.of(ObjectRef.of(copy(to))))
                        .build());
        assertThat(nostr.happens(answer)).isInstanceOf(Receipt.Ignored.class);
        return answer;
    }

    private String tell(String text) {
        clock.advance(Duration.ofSeconds(1));
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), text);
        bridge.settle();
        return letters().getLast();
    }

    private List<String> letters() {
        return only(Activity.Publish.class, fedi.at(fedi.inbox(alice))).stream()
                .map(Activity.Publish::post)
                .filter(post -> post.visibility() == Visibility.DIRECT)
                .map(post -> post.text().text())
                .toList();
    }

    private List<String> digests() {
        return letters().stream()
                .filter(letter -> letter.contains("Answers of people"))
                .toList();
    }

    private void after(Duration time) {
        clock.advance(time);
        bridge.digests();
    }

    @Test
    void nobodyHasADigestWhoDidNotAsk() {
        answers(stranger, question);
        after(Duration.ofDays(30));
        assertThat(digests()).isEmpty();
        assertThat(ports.digests().waiting(alice, 9)).isZero();
    }

    @Test
    void onceAWeekTheyReadHowManyAnsweredAndWhere() {
        assertThat(tell("digest weekly")).contains("Once a week");
        assertThat(tell("status")).contains("Once a week");
        Activity.Publish other = post(alice, "and here?", Optional.empty());
        fedi.happens(other);
        bridge.settle();
        answers(stranger, question);
        answers(stranger, question);
        answers(nora, other);
        after(Duration.ofDays(6));
        assertThat(digests()).isEmpty();
        after(Duration.ofDays(1));
        String page = nostr.objectPage(copy(question)).orElseThrow().toString();
        assertThat(digests())
                .singleElement()
                .asString()
                .contains("not carried: 3", "posts of yours: 2", "\n2: " + page + "\n1: ")
                .doesNotContain("quagmire", "stranger", "nora");
        assertThat(ports.digests().waiting(alice, 9)).isZero();
        after(Duration.ofDays(8));
        assertThat(digests()).as("nobody answered since").hasSize(1);
        answers(nora, question);
        after(Duration.ofDays(7));
        assertThat(digests()).hasSize(2).last().asString().contains("not carried: 1");
    }

    @Test
    void anAnswerCountsOnceHoweverOftenItComes() {
        tell("résumé quotidien");
        Activity.Publish answer = answers(stranger, question);
        nostr.happens(answer);
        nostr.happens(answer);
        after(Duration.ofDays(1));
        assertThat(letters().getLast()).contains("pas portées : 1");
    }

    @Test
    void nothingOfThoseWhoAnsweredIsStored() {
        tell("digest daily");
        Activity.Publish answer = answers(stranger, question);
        Digests.Tally tally = ports.digests().counted(alice, clock.instant()).getFirst();
        assertThat(tally).isEqualTo(new Digests.Tally(copy(question), 1));
        assertThat(ports.ledger().original(answer.post().id())).isEmpty();
        assertThat(ports.consents().of(stranger)).isEmpty();
        assertThat(ports.crossings().newest(100).toString()).doesNotContain("stranger", "quagmire");
    }

    @Test
    void whoAnswersButIsMutedOrIsCarriedIsNotCounted() {
        tell("digest daily");
        tell("mute stranger");
        answers(stranger, question);
        optIn(nora, nostr, Network.ACTIVITYPUB);
        nostr.happens(post(nora, "carried", Optional.of(copy(question))));
        bridge.settle();
        assertThat(texts(fedi.all())).contains("carried");
        NativeId liker = nostr.person("liker");
        nostr.happens(new Activity.React(
                id(liker, "like"), liker, clock.instant(), ObjectRef.of(copy(question)), Optional.empty()));
        assertThat(ports.digests().waiting(alice, 9)).isZero();
    }

    @Test
    void aLongNightIsOneDigestAndACrashLosesNone() {
        tell("digest daily");
        answers(stranger, question);
        clock.advance(Duration.ofDays(5).plusHours(3));
        bridge.digests();
        bridge.digests();
        restart();
        bridge.digests();
        assertThat(digests()).hasSize(1);
        assertThat(ports.digests().find(alice).orElseThrow().due()).isAfter(clock.instant());
    }

    @Test
    void doneTwiceItIsOneLetter() {
        tell("digest daily");
        answers(stranger, question);
        clock.advance(Duration.ofDays(1));
        bridge.digestsDue();
        bridge.redeliver();
        bridge.bridgeOne();
        bridge.redeliver();
        bridge.settle();
        assertThat(digests()).hasSize(1);
        assertThat(ports.digests().waiting(alice, 9)).isZero();
    }

    @Test
    void anotherRhythmInBetweenTellsNothingTwiceAndLosesNothing() {
        tell("digest daily");
        answers(stranger, question);
        clock.advance(Duration.ofDays(1));
        bridge.digestsDue();
        bridge.bridgeOne();
        fedi.says(alice, bot(Network.ACTIVITYPUB, Network.NOSTR), "digest weekly");
        clock.advance(Duration.ofSeconds(1));
        answers(stranger, question);
        bridge.settle();
        assertThat(digests()).singleElement().asString().contains("not carried: 1,");
        assertThat(ports.digests().find(alice).orElseThrow().rhythm()).isEqualTo(Digests.Rhythm.WEEKLY);
        after(Duration.ofDays(2));
        assertThat(digests()).as("a week has not passed").hasSize(1);
        after(Duration.ofDays(6));
        assertThat(digests()).hasSize(2).last().asString().contains("not carried: 1,");
    }

    @Test
    void whoGetsNoLettersReadsOnTheirPageForFourWeeks() {
        NativeId sean = sky.person("sean");
        optIn(sean, sky, Network.NOSTR);
        Activity.Publish asked = post(sean, "and you?", Optional.empty());
        sky.happens(asked);
        bridge.settle();
        sky.says(sean, bot(Network.ATPROTO, Network.NOSTR), "digest daily");
        bridge.settle();
        NativeId id = id(stranger, "post");
        nostr.happens(new Activity.Publish(
                id,
                clock.instant(),
                Post.builder(id, stranger, clock.instant())
                        .text(new RichText(
                                "@sean quagmire", List.of(new Facet.Mention(0, 5, ghost(sean, Network.NOSTR)))))
                        .inReplyTo(Optional.of(ObjectRef.of(copy(asked))))
                        .build()));
        for (int day = 0; day < 27; day++) {
            after(Duration.ofDays(1));
        }
        assertThat(ports.digests().counted(sean, clock.instant())).containsExactly(new Digests.Tally(copy(asked), 1));
        assertThat(ports.digests().find(sean).orElseThrow().due()).isAfter(clock.instant());
        for (int day = 0; day < 3; day++) {
            after(Duration.ofDays(1));
        }
        assertThat(ports.digests().counted(sean, clock.instant())).isEmpty();
    }

    @Test
    void whatIsNotWantedAnyMoreIsForgotten() {
        tell("digest daily");
        answers(stranger, question);
        assertThat(tell("digest off")).contains("do not count");
        assertThat(ports.digests().waiting(alice, 9)).isZero();
        tell("digest daily");
        answers(stranger, question);
        tell("delete");
        assertThat(ports.digests().find(alice)).isEmpty();
        assertThat(ports.digests().waiting(alice, 9)).isZero();
        after(Duration.ofDays(2));
        assertThat(digests()).isEmpty();
        assertThat(tell("digest daily")).contains("nowhere");
        assertThat(ports.digests().find(alice)).isEmpty();
    }

    @Test
    void aFloodIsCountedUpToAThousand() {
        tell("digest daily");
        for (int i = 0; i < 1_005; i++) {
            answers(stranger, question);
        }
        after(Duration.ofDays(1));
        assertThat(digests()).singleElement().asString().contains("not carried: 1000,");
    }
}
