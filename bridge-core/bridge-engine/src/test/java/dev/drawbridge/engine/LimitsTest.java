package dev.drawbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.consent.Limits;
import dev.drawbridge.model.port.DailyQuotas;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who is counted how.
class LimitsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final NativeId ANN = new NativeId(Network.ACTIVITYPUB, "https://social.example/ann");
    private static final String LONG = "Buy followers now, cheap and quick, only today and only here!";

    private Instant now = NOON;
    private final InstantSource clock = () -> now;
    private final Map<String, Set<String>> granted = new HashMap<>();
    private final DailyQuotas quotas = new DailyQuotas() {
        @Override
        public boolean admits(String kind, String thing, int most, LocalDate day) {
            boolean room = hasRoom(kind, thing, most, day);
            if (room) {
                granted.computeIfAbsent(day + kind, _ -> new HashSet<>()).add(thing);
            }
            return room;
        }

        @Override
        public boolean hasRoom(String kind, String thing, int most, LocalDate day) {
            Set<String> first = granted.getOrDefault(day + kind, Set.of());
            return first.contains(thing) || first.size() < most;
        }
    };

    private static Activity like(int number) {
        var id = new NativeId(Network.ACTIVITYPUB, "like" + number);
        return new Activity.React(id, ANN, NOON, ObjectRef.of(new NativeId(Network.NOSTR, "x")), Optional.empty());
    }

    @Test
    void anHoursWorthGoesAtOnceAndTheRestEvenlyInOrder() {
        var pace = new Pace(60, clock);
        List<Instant> turns = new ArrayList<>();
        for (int i = 0; i < 63; i++) {
            turns.add(pace.turn(like(i), ANN));
        }
        assertThat(turns.subList(0, 60)).containsOnly(NOON);
        assertThat(turns.subList(60, 63))
                .containsExactly(NOON.plusSeconds(60), NOON.plusSeconds(120), NOON.plusSeconds(180));
        assertThat(pace.behind(ANN)).isTrue();
        now = NOON.plusSeconds(61);
        assertThat(pace.pause(like(60), ANN)).as("its turn came").isEmpty();
        assertThat(pace.pause(like(61), ANN)).contains(Duration.ofSeconds(59));
        now = NOON.plus(Duration.ofHours(2));
        assertThat(pace.behind(ANN)).isFalse();
        assertThat(pace.pause(like(100), ANN)).isEmpty();
    }

    @Test
    void whatMayGoGoesAlthoughTheClockRunsOnMeanwhile() {
        InstantSource running = () -> now = now.plusNanos(1);
        for (var pace : List.of(new Pace(0, running), new Pace(2, running))) {
            assertThat(pace.pause(like(1), ANN)).isEmpty();
            assertThat(pace.pause(like(2), ANN)).isEmpty();
            assertThat(pace.pause(like(1), ANN)).isEmpty();
        }
    }

    @Test
    void whoIsMoreThanADayAheadIsNotWaitedForAndGoesOnWhereTheyWere() {
        var pace = new Pace(2, clock);
        int waitedFor = 0;
        while (!pace.hopeless(like(waitedFor), ANN)) {
            waitedFor++;
        }
        assertThat(waitedFor).as("two at once, then two an hour for a day").isEqualTo(2 + 48);
        for (int i = 1_000; i < 1_100; i++) {
            assertThat(pace.hopeless(like(i), ANN)).isTrue();
        }
        now = NOON.plus(Duration.ofMinutes(30));
        assertThat(pace.hopeless(like(2_000), ANN)).isFalse();
    }

    @Test
    void nobodyIsHeldUpByANumberThatNobodySet() {
        assertThat(Limits.USUAL.newcomers()).isZero();
    }

    @Test
    void whatTakesBackIsNotCountedAndZeroIsAnyNumber() {
        var pace = new Pace(1, clock);
        for (int i = 0; i < 10; i++) {
            var delete = new Activity.Delete(new NativeId(Network.ACTIVITYPUB, "d" + i), ANN, NOON, ANN);
            assertThat(pace.pause(delete, ANN)).isEmpty();
        }
        assertThat(pace.behind(ANN)).isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(Pace.unlimited().pause(like(i), ANN)).isEmpty();
        }
    }

    private static Post post(int number, String text, Facet... facets) {
        return Post.builder(new NativeId(Network.ACTIVITYPUB, "post" + number), ANN, NOON)
                .text(new RichText(text, List.of(facets)))
                .build();
    }

    @Test
    void theSameLongTextCountsHoweverItIsDressedUp() {
        var repeats = new Repeats(2, clock);
        assertThat(repeats.tooMany(post(1, LONG))).isFalse();
        assertThat(repeats.tooMany(post(1, LONG))).as("the same post").isFalse();
        assertThat(repeats.tooMany(
                        post(2, "@bob " + LONG.toUpperCase(java.util.Locale.ROOT), new Facet.Mention(0, 4, ANN))))
                .isFalse();
        assertThat(repeats.tooMany(post(3, LONG.replace(" ", "  ") + "!!!"))).isTrue();
        assertThat(repeats.tooMany(post(1, LONG))).as("it went before").isFalse();
        now = NOON.plus(Duration.ofDays(1)).plusSeconds(1);
        assertThat(repeats.tooMany(post(4, LONG))).isFalse();
    }

    @Test
    void shortTextsOtherFilesAndOtherLinksAreNoRepetition() {
        var repeats = new Repeats(1, clock);
        for (int i = 0; i < 5; i++) {
            assertThat(repeats.tooMany(post(i, "Good morning, all of you!"))).isFalse();
            var file = Media.of(URI.create("https://social.example/" + i + ".png"), Media.Kind.IMAGE);
            assertThat(repeats.tooMany(
                            post(100 + i, LONG).toBuilder().media(List.of(file)).build()))
                    .isFalse();
            var link = new Facet.Link(0, 3, URI.create("https://social.example/" + i));
            assertThat(repeats.tooMany(post(200 + i, LONG, link))).isFalse();
        }
    }

    @Test
    void aDomainIsWhatSomebodyRegistered() {
        assertThat(Newcomers.registrable("a.b.Spam.co.uk")).isEqualTo("spam.co.uk");
        assertThat(Newcomers.registrable("mastodon.social")).isEqualTo("mastodon.social");
        assertThat(Newcomers.registrable("alice.bsky.social")).isEqualTo("bsky.social");
        assertThat(Newcomers.registrable("alice.github.io")).isEqualTo("alice.github.io");
        for (String host : List.of("localhost", "127.0.0.1", "[::1]", "co.uk")) {
            assertThat(Newcomers.registrable(host)).isEqualTo(host);
        }
    }

    @Test
    void newcomersOfOneDomainAreCountedTogetherAndEachOnce() {
        var newcomers = new Newcomers(2, quotas, clock);
        assertThat(newcomers.tooMany(actor("https://a.spam.co.uk/1"), Optional.empty()))
                .isFalse();
        assertThat(newcomers.tooMany(actor("https://b.spam.co.uk/1"), Optional.empty()))
                .isFalse();
        assertThat(newcomers.tooMany(actor("https://b.spam.co.uk/2"), Optional.empty()))
                .isTrue();
        assertThat(newcomers.tooMany(actor("https://a.spam.co.uk/1"), Optional.empty()))
                .isFalse();
        assertThat(newcomers.tooMany(actor("https://a.other.co.uk/1"), Optional.empty()))
                .isFalse();
        for (int i = 0; i < 2; i++) {
            assertThat(newcomers.tooMany(did("did:plc:" + i), handle("did:plc:" + i, i + ".spam.example")))
                    .isFalse();
        }
        assertThat(newcomers.tooMany(did("did:plc:2"), handle("did:plc:2", "x.spam.example")))
                .isTrue();
        for (int i = 3; i < 9; i++) {
            assertThat(newcomers.tooMany(did("did:plc:" + i), Optional.empty()))
                    .as("without a domain they are no source")
                    .isFalse();
        }
        now = NOON.plus(Duration.ofDays(1)).plusSeconds(1);
        assertThat(newcomers.tooMany(actor("https://b.spam.co.uk/2"), Optional.empty()))
                .isFalse();
    }

    private static NativeId actor(String id) {
        return new NativeId(Network.ACTIVITYPUB, id);
    }

    private static NativeId did(String id) {
        return new NativeId(Network.ATPROTO, id);
    }

    private static Optional<Profile> handle(String id, String handle) {
        return Optional.of(Profile.bare(did(id), handle));
    }
}
