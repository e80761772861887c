package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Backfill;
import dev.drawbridge.engine.Connectors;
import dev.drawbridge.engine.Mirror;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.Terms;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.testkit.fake.FakeBridge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That nobody tells of a post does not mean that it is gone.
class BackfillSilenceScenariosTest extends Scenario {
    private static final int POSTS = 25;
    private static final String KEY = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";

    private final Mirrors mirrors = new Mirrors();
    private final NativeId news = sky.person("news");
    private final List<NativeId> past = new ArrayList<>();
    private final List<NativeEvent> handed = new ArrayList<>();
    private Instant listed = Instant.EPOCH;
    private Backfill backfill;

    @BeforeEach
    void aPast() {
        sky.profile(Profile.bare(news, "news.example"));
        for (int i = 0; i < POSTS; i++) {
            existed("old " + i);
        }
        clock.advance(Duration.ofMinutes(1));
        listed = clock.instant();
        operate();
    }

    private void existed(String text) {
        clock.advance(Duration.ofMinutes(1));
        var post = post(news, text, Optional.empty());
        past.add(post.post().id());
        sky.existed(post);
    }

    private void operate() {
        bridge = new FakeBridge(
                ports,
                clock,
                List.of(fedi, nostr, sky),
                (_, _) -> Optional.of(Duration.ofMinutes(1)),
                new Terms(ConsentPolicy.optIn(), Gates.OPEN, mirrors));
        backfill = new Backfill(ports, new Connectors(List.of(fedi, nostr, sky)), mirrors, this::put, () -> 0, clock);
        bridge.mirror(
                mirrors,
                List.of(new Mirror(news, Set.of(Network.NOSTR), Mirror.Mode.BROADCAST, "letter 12", listed, POSTS)),
                ports);
        bridge.settle();
    }

    private void put(NativeEvent event) {
        handed.add(event);
        bridge.decided(event);
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            backfill.step();
            bridge.settle();
        }
    }

    private Backfill.Progress progress() {
        return Backfill.progress(ports.cursors(), news).orElseThrow();
    }

    @Test
    void aNetworkThatLooksNoFurtherBackDoesNotSayThatTheRestIsGone() {
        steps(2);
        for (int i = 0; i < 60; i++) {
            existed("since " + i);
        }
        sky.furthest(40);
        sky.unfetchable(true);
        operate();
        steps(3);
        assertThat(progress()).isEqualTo(new Backfill.Progress(POSTS, POSTS, 10, 0));
        sky.unfetchable(false);
        clock.advance(Duration.ofMinutes(2));
        steps(9);
        assertThat(progress()).isEqualTo(new Backfill.Progress(POSTS, POSTS, POSTS, 0));
        assertThat(texts(nostr.all())).hasSize(POSTS);
    }

    @Test
    void aPostThatCannotBeHadNowIsNotGoneAlsoIfOthersAroundItAreThere() {
        steps(2);
        NativeId silent = past.get(15);
        sky.loses(silent);
        sky.silentAbout(silent);
        operate();
        steps(3);
        assertThat(progress()).isEqualTo(new Backfill.Progress(POSTS, POSTS, 15, 0));
        sky.tellingOf(silent);
        clock.advance(Duration.ofMinutes(3));
        steps(9);
        assertThat(progress()).as("now it is").isEqualTo(new Backfill.Progress(POSTS, POSTS, POSTS, 1));
    }

    @Test
    void aPostWithAPrivateKeyIsPassedOverAndNeverStored() {
        sky.existed(post(news, "mine is " + KEY, Optional.empty()));
        listed = clock.instant().plusSeconds(1);
        clock.advance(Duration.ofMinutes(1));
        operate();
        steps(9);
        assertThat(progress()).isEqualTo(new Backfill.Progress(POSTS, POSTS, POSTS, 1));
        assertThat(handed).hasSize(POSTS);
        assertThat(handed).noneMatch(event -> event.body().text().contains(KEY));
        assertThat(texts(nostr.all())).hasSize(POSTS - 1);
    }
}
