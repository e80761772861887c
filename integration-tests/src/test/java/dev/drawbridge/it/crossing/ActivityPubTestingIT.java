package dev.drawbridge.it.crossing;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.ActivityPubTesting;
import dev.drawbridge.it.peers.ActivityPubTesting.Result;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What we serve of an actor, in the eyes of the recommendation's own test suite.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivityPubTestingIT {
    /// The rules about collections and documents; the others are about clients that post, which nobody does here.
    private static final List<String> HAVE_TO_PASS = List.of(
            "actor-must-serve-as2-object-to-get",
            "actor-objects-must-have-inbox-outbox-properties",
            "inbox-must-be-an-orderedcollection",
            "outbox-must-be-an-orderedcollection",
            "followers-collection-must-be-a-collection",
            "following-collection-must-be-a-collection");

    private World world;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond());
    }

    @AfterAll
    void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static void passes(String actor) {
        List<Result> results = ActivityPubTesting.actor(actor);
        assertThat(results)
                .filteredOn(r -> r.outcome().equals("failed"))
                .as("rules that %s breaks", actor)
                .isEmpty();
        assertThat(results)
                .filteredOn(r -> r.outcome().equals("passed"))
                .extracting(Result::rule)
                .containsAll(HAVE_TO_PASS);
    }

    @Test
    void aBotBreaksNoRule() {
        var fediverse = world.side("activitypub");
        eventually(() -> assertThat(fediverse.bot("nostr")).isPresent());
        passes(fediverse.bot("nostr").orElseThrow().id());
    }

    @Test
    void aGhostBreaksNoRule() {
        var nostr = world.side("nostr");
        var fediverse = world.side("activitypub");
        var person = nostr.join("rules");
        eventually(() -> assertThat(nostr.bot("activitypub")).isPresent());
        nostr.follow(person, nostr.bot("activitypub").orElseThrow().id());
        eventually(() -> assertThat(fediverse.ghost(person)).isPresent());
        nostr.publish(person, Words.of("something to have in the outbox"));
        passes(fediverse.ghost(person).orElseThrow().id());
    }

    @Test
    void somebodyWhoIsNotThereDoesNotPass() {
        assertThat(ActivityPubTesting.actor(world.instance().base() + "/ap/actors/nobody"))
                .filteredOn(r -> HAVE_TO_PASS.subList(1, HAVE_TO_PASS.size()).contains(r.rule()))
                .hasSize(HAVE_TO_PASS.size() - 1)
                .noneSatisfy(r -> assertThat(r.outcome()).isEqualTo("passed"));
    }
}
