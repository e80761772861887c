package dev.drawbridge.it.crossing;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.sides.AtprotoSide;
import dev.drawbridge.it.sides.NostrSide;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The six directions, one story each. They share the servers and the bridge, and nothing else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrossingIT {
    private static final List<String> NETWORKS = List.of(
            System.getProperty("it.networks", "activitypub,nostr,atproto").split(","));

    private final AtomicInteger stories = new AtomicInteger();
    private World world;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, store(), () -> Instant.now().getEpochSecond());
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    /// The embedded store; a class that runs the same on a real one overrides this.
    Optional<String> store() {
        return Optional.empty();
    }

    static Stream<Arguments> directions() {
        return NETWORKS.stream()
                .flatMap(
                        from -> NETWORKS.stream().filter(to -> !to.equals(from)).map(to -> Arguments.of(from, to)));
    }

    @Order(1)
    @ParameterizedTest(name = "from {0} to {1}")
    @MethodSource("directions")
    void onePostCrosses(String from, String to) {
        var story = new Story(world.side(from), world.side(to), stories.incrementAndGet());
        try {
            story.nobodyIsBridgedBeforeTheyAsk();
            story.followingTheBotMakesAGhost();
            story.aFollowOfTheGhostCrosses();
            story.aPostCrossesOnce();
            story.aReplyComesBackIntoTheThread();
            story.aDeletedPostIsTakenBack();
            story.unfollowingTheBotTakesEverythingBack();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\n\nthe bridge said:\n" + world.instance().log(), e);
        }
    }

    @Order(2)
    @Test
    void theFirehoseOfTheBridgeIsValid() {
        var atproto = (AtprotoSide) world.side("atproto");
        assertThat(atproto.errors()).isEmpty();
        var verdict = atproto.verify(5);
        assertThat(verdict.failed()).as(verdict.report()).isZero();
        assertThat(verdict.events()).isGreaterThan(20);
    }

    @Order(2)
    @Test
    void everyEventOfAGhostIsWellFormed() {
        var nostr = (NostrSide) world.side("nostr");
        var atproto = world.side("atproto");
        var person = atproto.join("shape");
        atproto.follow(person, atproto.bot("nostr").orElseThrow().id());
        eventually(() -> assertThat(nostr.ghost(person)).isPresent());
        String ghost = nostr.ghost(person).orElseThrow().id();
        atproto.publish(person, Words.of("shape").tagged("Tag").linking("https://site.example/a"));
        eventually(() -> assertThat(nostr.posts(ghost)).hasSize(1));
        var verdict = nostr.verify(ghost);
        assertThat(verdict.failed()).as(verdict.report()).isZero();
    }
}
