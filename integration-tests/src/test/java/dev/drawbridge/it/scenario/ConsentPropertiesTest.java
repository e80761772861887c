package dev.drawbridge.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever order things come in, however often: what holds in the end is what the person said last, and nothing of
/// somebody who left is left. The stories are the same each time; without the seed they are new ones.
class ConsentPropertiesTest {
    private static final Duration WHILE = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofDays(8);

    enum Step {
        FOLLOW,
        UNFOLLOW,
        BLOCK,
        START,
        STOP,
        POST,
        DELETE,
        /// They follow, or end it, and that is on its way for a while.
        LATE_FOLLOW,
        LATE_UNFOLLOW,
        /// They tell the bot to stop, or to delete everything, and that is on its way for a while.
        LATE_STOP,
        /// What they told a bot comes again.
        STOP_AGAIN,
        /// More than a week goes by.
        NIGHTS,
        /// What is on its way longest arrives.
        ARRIVE,
        /// Something that came before comes again.
        AGAIN,
        /// The broker hands out twice what waits.
        REDELIVER,
        /// The bridge does everything that is ready.
        SETTLE,
        RESTART
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.of(Step.class).list().ofMinSize(1).ofMaxSize(25);
    }

    /// One person, and what they did so far.
    private static final class Story extends Scenario {
        private final FakeNetwork home;
        private final FakeNetwork abroad;
        private final NativeId person;
        private final List<Activity> sent = new ArrayList<>();
        private final List<NativeId> follows = new ArrayList<>();
        private final List<NativeId> posts = new ArrayList<>();
        private final Set<NativeId> deleted = new HashSet<>();
        private final List<FakeNetwork.Message> told = new ArrayList<>();
        private final Deque<Runnable> onTheWay = new ArrayDeque<>();
        private final boolean sentToUs;
        private boolean wants;
        private Instant said = Instant.EPOCH;

        private Story(boolean sentToUs) {
            this.sentToUs = sentToUs;
            start();
            home = sentToUs ? fedi : nostr;
            abroad = sentToUs ? nostr : fedi;
            person = home.person("pat");
        }

        private NativeId bot() {
            return bot(home.network(), abroad.network());
        }

        private Receipt happen(Activity activity) {
            sent.add(activity);
            return home.happens(activity);
        }

        /// What they want, as far as can be known: where things are sent to us, what arrives last was said last.
        private void says(boolean yes, Instant at) {
            if (sentToUs || !at.isBefore(said)) {
                wants = yes;
                said = sentToUs ? clock.instant() : at;
            }
        }

        private void step(Step step, int which) {
            clock.advance(WHILE);
            Instant now = clock.instant();
            switch (step) {
                case FOLLOW, UNFOLLOW, BLOCK -> byTheApp(step, now);
                case START -> {
                    home.says(person, bot(), "start");
                    says(true, now);
                }
                case STOP -> {
                    home.says(person, bot(), "stop");
                    says(false, now);
                }
                case LATE_FOLLOW, LATE_UNFOLLOW -> later(step, now);
                case LATE_STOP -> lateStop(which % 2 == 0 ? "stop" : "delete");
                case STOP_AGAIN -> {
                    if (!told.isEmpty()) {
                        home.hears(told.get(which % told.size()));
                    }
                }
                case NIGHTS -> {
                    bridge.settle();
                    clock.advance(LONG);
                    ports.notices().forget(clock.instant());
                    // Servers try again for days, not for weeks.
                    sent.removeIf(_ -> sentToUs);
                }
                case ARRIVE -> arrive();
                case POST -> {
                    Activity.Publish post = post(person, "words", Optional.empty());
                    posts.add(post.post().id());
                    happen(post);
                }
                case DELETE -> delete(now);
                case AGAIN -> {
                    if (!sent.isEmpty()) {
                        home.happens(sent.get(which % sent.size()));
                    }
                }
                case REDELIVER -> bridge.redeliver();
                case SETTLE -> bridge.settle();
                case RESTART -> {
                    bridge.settle();
                    start();
                }
            }
        }

        /// They follow the bot, end that, or block it.
        private void byTheApp(Step step, Instant now) {
            switch (step) {
                case FOLLOW -> {
                    var follow = new Activity.Follow(id(person, "follow"), person, now, bot());
                    follows.add(follow.id());
                    happen(follow);
                    says(true, now);
                }
                case UNFOLLOW -> {
                    happen(new Activity.Unfollow(id(person, "undo"), person, now, bot(), last(follows)));
                    says(false, now);
                }
                case BLOCK -> {
                    happen(new Activity.Block(id(person, "block"), person, now, bot()));
                    says(false, now);
                }
                default -> throw new IllegalArgumentException(step.toString());
            }
        }

        /// They do, and nobody hears of it yet.
        private void later(Step step, Instant now) {
            switch (step) {
                case LATE_FOLLOW -> {
                    var follow = new Activity.Follow(id(person, "follow"), person, now, bot());
                    onTheWay.add(() -> {
                        follows.add(follow.id());
                        happen(follow);
                        says(true, now);
                    });
                }
                case LATE_UNFOLLOW -> {
                    var undo = new Activity.Unfollow(id(person, "undo"), person, now, bot(), Optional.empty());
                    onTheWay.add(() -> {
                        happen(undo);
                        says(false, now);
                    });
                }
                default -> throw new IllegalArgumentException(step.toString());
            }
        }

        /// Where things are sent to us, only what is late is ordered by what it says of itself.
        private void lateStop(String word) {
            FakeNetwork.Message message = home.writes(person, bot(), word);
            onTheWay.add(() -> {
                told.add(message);
                home.hears(message);
                Instant now = clock.instant();
                boolean late = message.at().isBefore(now.minus(Duration.ofDays(7)));
                Instant at = sentToUs && !late ? now : message.at();
                if (!at.isBefore(said)) {
                    wants = false;
                    said = at;
                }
            });
        }

        private void delete(Instant now) {
            last(posts).ifPresent(post -> {
                Receipt heard = happen(new Activity.Delete(id(person, "delete"), person, now, post));
                // Of somebody who is not carried (yet) nothing is here, and nothing is noted.
                if (heard instanceof Receipt.Accepted) {
                    deleted.add(post);
                }
            });
        }

        private void arrive() {
            if (!onTheWay.isEmpty()) {
                onTheWay.remove().run();
            }
        }

        private static Optional<NativeId> last(List<NativeId> ids) {
            return ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
        }

        private void endsAsItShould() {
            while (!onTheWay.isEmpty()) {
                clock.advance(WHILE);
                arrive();
            }
            bridge.settle();
            bridge.after(Duration.ofHours(2));
            assertThat(wants(person, abroad.network())).isEqualTo(wants);
            assertThat(wants(person, Network.ATPROTO)).isFalse();
            assertThat(ports.identities()
                            .find(person, abroad.network())
                            .filter(Ghost::active)
                            .isPresent())
                    .isEqualTo(wants);
            assertThat(left()).as("copies that nobody took back").allSatisfy(copy -> {
                assertThat(wants).isTrue();
                assertThat(deleted.stream().map(NativeId::key)).noneMatch(copy.value()::endsWith);
            });
        }

        private List<NativeId> left() {
            List<NativeId> there = new ArrayList<>();
            for (Activity activity : abroad.all()) {
                if (activity instanceof Activity.Publish p && p.post().visibility() == Visibility.PUBLIC) {
                    there.add(p.post().id());
                } else if (activity instanceof Activity.Delete d) {
                    there.remove(d.target());
                }
            }
            return there;
        }
    }

    @Property(tries = 500, seed = "20261122")
    void whatAServerSendsUsEndsAsItWasSaidLast(@ForAll("steps") List<Step> steps, @ForAll int seed) {
        tell(new Story(true), steps, seed);
    }

    @Property(tries = 500, seed = "20261122")
    void whatWeReadEndsAsItWasSaidLast(@ForAll("steps") List<Step> steps, @ForAll int seed) {
        tell(new Story(false), steps, seed);
    }

    private static void tell(Story story, List<Step> steps, int seed) {
        int which = Math.abs(seed % 1000);
        for (Step step : steps) {
            story.step(step, which);
            which += 7;
        }
        story.endsAsItShould();
    }
}
