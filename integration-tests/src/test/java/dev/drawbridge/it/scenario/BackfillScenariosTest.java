package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Backfill;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What mirrored accounts published before they were mirrored.
class BackfillScenariosTest extends Scenario {
    private final Mirrors mirrors = new Mirrors();
    private final NativeId news = sky.person("news");
    private final List<NativeEvent> handed = new ArrayList<>();
    private boolean full;
    private long waiting;
    private Backfill backfill;

    @BeforeEach
    void aPast() {
        sky.profile(Profile.bare(news, "news.example"));
        for (int i = 0; i < 30; i++) {
            clock.advance(Duration.ofMinutes(1));
            sky.existed(post(news, "old " + i, Optional.empty()));
        }
        clock.advance(Duration.ofMinutes(1));
        operate();
    }

    private void operate() {
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, mirrors));
        backfill = new Backfill(
                ports, new Connectors(List.of(fedi, nostr, sky)), mirrors, this::put, () -> waiting, clock);
    }

    private void put(NativeEvent event) {
        if (full) {
            throw new IllegalStateException("nothing can be stored");
        }
        handed.add(event);
        bridge.decided(event);
    }

    private void mirrored(int posts) {
        list(new Mirror(
                news,
                Set.of(Network.ACTIVITYPUB, Network.NOSTR),
                Mirror.Mode.BROADCAST,
                "letter 12",
                clock.instant(),
                posts));
    }

    private void list(Mirror... listed) {
        bridge.mirror(mirrors, List.of(listed), ports);
        bridge.settle();
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            backfill.step();
            bridge.settle();
        }
    }

    private static List<String> old(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "old " + i).toList();
    }

    private Optional<Backfill.Progress> progress() {
        return Backfill.progress(ports.cursors(), news);
    }

    @Test
    void theLastPostsCrossOldestFirstAndNoOthers() {
        mirrored(25);
        assertThat(progress()).isEmpty();
        steps(1);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 0, 0));
        steps(2);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 20, 0));
        assertThat(texts(nostr.all())).isEqualTo(old(5, 25));
        steps(9);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 0));
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
        assertThat(texts(fedi.all())).isEqualTo(old(5, 30));
    }

    @Test
    void withoutBackfillThePastStaysWhereItIs() {
        mirrored(0);
        steps(9);
        assertThat(progress()).isEmpty();
        assertThat(texts(nostr.all())).isEmpty();
    }

    @Test
    void aRestartGoesOnWhereItWasAndMakesNothingTwice() {
        mirrored(25);
        steps(2);
        operate();
        backfill.step();
        bridge.redeliver();
        bridge.settle();
        operate();
        list(mirrors());
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 0));
    }

    private Mirror mirrors() {
        return new Mirror(
                news,
                Set.of(Network.ACTIVITYPUB, Network.NOSTR),
                Mirror.Mode.BROADCAST,
                "letter 12",
                clock.instant(),
                25);
    }

    @Test
    void whatIsNewGoesFirst() {
        mirrored(25);
        waiting = 41;
        steps(9);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 0, 0));
        sky.happens(post(news, "new", Optional.empty()));
        bridge.settle();
        waiting = 0;
        steps(9);
        assertThat(texts(nostr.all()).getFirst()).isEqualTo("new");
        assertThat(texts(nostr.all())).hasSize(26);
    }

    @Test
    void aNetworkThatDoesNotAnswerIsAskedAgain() {
        mirrored(25);
        sky.directoryDown(true);
        steps(3);
        assertThat(progress()).isEmpty();
        sky.directoryDown(false);
        steps(3);
        assertThat(progress()).as("not at once").isEmpty();
        clock.advance(Duration.ofMinutes(2));
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
    }

    @Test
    void whatIsGoneWhenItsTurnComesIsPassedOver() {
        mirrored(25);
        steps(2);
        sky.loses(new NativeId(Network.ATPROTO, "news/post/20"));
        steps(9);
        assertThat(texts(nostr.all())).hasSize(24).doesNotContain("old 19").endsWith("old 28", "old 29");
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 1));
    }

    @Test
    void aNetworkThatFallsSilentInTheMiddleIsWaitedFor() {
        mirrored(25);
        steps(2);
        sky.directoryDown(true);
        steps(3);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 10, 0));
        sky.directoryDown(false);
        clock.advance(Duration.ofMinutes(2));
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
    }

    private void writesMeanwhile(int posts) {
        IntStream.range(0, posts).forEach(i -> sky.existed(post(news, "since " + i, Optional.empty())));
    }

    @Test
    void whatOthersCameAfterDuringARestartIsStillCarried() {
        mirrored(25);
        steps(2);
        sky.unfetchable(true);
        writesMeanwhile(60);
        operate();
        list(mirrors());
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 0));
    }

    @Test
    void whatIsGoneAfterARestartIsPassedOverAtOnceAndTold() {
        mirrored(25);
        steps(2);
        sky.unfetchable(true);
        writesMeanwhile(60);
        sky.loses(old(20));
        operate();
        list(mirrors());
        steps(9);
        assertThat(texts(nostr.all())).hasSize(24).doesNotContain("old 20").endsWith("old 29");
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 1));
    }

    @Test
    void whatNobodyTellsOfAfterARestartIsAskedForAgainBeforeItIsPassedOverAndTold() {
        mirrored(25);
        steps(2);
        sky.unfetchable(true);
        writesMeanwhile(4_000);
        operate();
        list(mirrors());
        steps(3);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 10, 0));
        clock.advance(Duration.ofMinutes(2));
        sky.unfetchable(false);
        steps(1);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 20, 0));
        sky.unfetchable(true);
        for (int time = 0; time < 9 * 5; time++) {
            steps(1);
            clock.advance(Duration.ofHours(1));
        }
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 5));
        assertThat(texts(nostr.all())).isEqualTo(old(5, 25));
    }

    private NativeId old(int i) {
        return new NativeId(Network.ATPROTO, "news/post/" + (i + 1));
    }

    private long handedOver(int i) {
        return handed.stream().filter(event -> event.object().equals(old(i))).count();
    }

    @Test
    void aPostThatNobodyCanTellOfHoldsUpThoseBehindItForSomeTimeAndMakesNoneBeforeItTwice() {
        mirrored(25);
        steps(1);
        sky.silentAbout(old(9));
        steps(3);
        assertThat(progress()).as("up to the fifth of ten").contains(new Backfill.Progress(25, 25, 4, 0));
        sky.tellingOf(old(9));
        clock.advance(Duration.ofMinutes(1));
        steps(3);
        assertThat(handed).as("its server asked for two minutes").hasSize(4);
        clock.advance(Duration.ofMinutes(1));
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
        assertThat(IntStream.range(5, 30)).allMatch(i -> handedOver(i) == 1);
    }

    @Test
    void aPostThatNobodyCanEverTellOfIsPassedOverAlsoWithRestarts() {
        mirrored(25);
        steps(1);
        sky.silentAbout(old(9));
        for (int i = 0; i < 7; i++) {
            steps(2);
            operate();
            list(mirrors());
        }
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 4, 0));
        steps(9);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 25, 1));
        assertThat(texts(nostr.all())).hasSize(24).doesNotContain("old 9").endsWith("old 29");
        assertThat(IntStream.range(5, 30)).allMatch(i -> handedOver(i) == (i == 9 ? 0 : 1));
    }

    @Test
    void noPostIsBlamedWhileItsWholeNetworkIsSilent() {
        mirrored(25);
        steps(2);
        sky.directoryDown(true);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofHours(1));
            steps(1);
        }
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 10, 0));
        sky.directoryDown(false);
        clock.advance(Duration.ofHours(1));
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
    }

    @Test
    void eachSilenceIsWaitedForLongerButAnHourAtTheMost() {
        mirrored(25);
        sky.directoryDown(true);
        for (int minute = 0; minute < 720; minute++) {
            backfill.step();
            clock.advance(Duration.ofMinutes(1));
        }
        sky.directoryDown(false);
        steps(1);
        assertThat(progress()).as("it was asked after 663 minutes").isEmpty();
        clock.advance(Duration.ofMinutes(3));
        steps(1);
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 0, 0));
    }

    @Test
    void whatCannotBeStoredHereIsNotPassedOver() {
        mirrored(25);
        steps(1);
        full = true;
        for (int i = 0; i < 20; i++) {
            backfill.step();
            clock.advance(Duration.ofHours(2));
        }
        assertThat(progress()).contains(new Backfill.Progress(25, 25, 0, 0));
        full = false;
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(5, 30));
    }

    @Test
    void aNetworkThatToldNothingIsAskedOnceMoreAfterEachStart() {
        NativeId quiet = sky.person("quiet");
        sky.profile(Profile.bare(quiet, "quiet.example"));
        Activity.Publish past = post(quiet, "now it tells", Optional.empty());
        clock.advance(Duration.ofMinutes(1));
        var mirror = new Mirror(quiet, Set.of(Network.NOSTR), Mirror.Mode.BROADCAST, "letter 12", clock.instant(), 25);
        list(mirror);
        steps(3);
        assertThat(Backfill.progress(ports.cursors(), quiet)).contains(new Backfill.Progress(25, 0, 0, 0));
        sky.existed(past);
        steps(9);
        assertThat(texts(nostr.all())).as("not again and again").isEmpty();
        operate();
        list(mirror);
        steps(9);
        assertThat(texts(nostr.all())).containsExactly("now it tells");
    }

    @Test
    void aPostIsOnTheListUnderItsOwnNameWhateverItsVersionIsCalled() {
        Activity.Publish old = post(news, "in its first version", Optional.empty());
        clock.advance(Duration.ofMinutes(1));
        sky.existed(new Activity.Publish(id(news, "version"), old.at(), old.post()));
        mirrored(1);
        steps(3);
        assertThat(texts(nostr.all())).containsExactly("in its first version");
        var corrected = old.post().toBuilder()
                .text(RichText.plain("in its second version"))
                .build();
        sky.happens(new Activity.Edit(id(news, "version"), clock.instant(), corrected));
        bridge.settle();
        assertThat(only(Activity.Edit.class, nostr.all()))
                .extracting(edit -> edit.post().text().text())
                .containsExactly("in its second version");
    }

    @Test
    void moreWantedLaterIsCarriedLater() {
        mirrored(5);
        steps(9);
        assertThat(texts(nostr.all())).isEqualTo(old(25, 30));
        mirrored(10);
        steps(9);
        assertThat(texts(nostr.all())).hasSize(10).containsAll(old(20, 30));
    }

    @Test
    void whoLeavesIsNotFilledBackAndNothingIsKeptOfIt() {
        mirrored(25);
        steps(2);
        sky.happens(new Activity.Block(id(news, "block"), news, clock.instant(), bot(Network.ATPROTO, Network.NOSTR)));
        sky.happens(new Activity.Block(
                id(news, "block"), news, clock.instant(), bot(Network.ATPROTO, Network.ACTIVITYPUB)));
        bridge.settle();
        assertThat(progress()).isEmpty();
        steps(9);
        assertThat(progress()).isEmpty();
        assertThat(texts(nostr.all())).hasSize(10);
    }
}
