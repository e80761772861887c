package dev.drawbridge.it.people;

import dev.drawbridge.it.sides.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Strangers leave nothing behind; who asks is carried, leaves, comes back and leaves for good. On real servers, and
/// with all that the bridge keeps read byte by byte.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleIT {
    private final AtomicInteger stories = new AtomicInteger();
    private Path home = Path.of("");
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) {
        home = folder;
        world = World.start(folder, store(), () -> Instant.now().getEpochSecond());
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

    /// From every network once.
    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"activitypub,nostr", "nostr,atproto", "atproto,nostr"})
    void fromAStrangerToOneWhoLeft(String from, String to) {
        var kept = new KeptBytes(home, store());
        var life = new Life(world, world.side(from), world.side(to), kept, stories.incrementAndGet());
        try {
            life.aFriendIsThere();
            life.nothingIsKeptOfAStranger();
            life.whoAsksIsCarriedFromThenOn();
            life.othersFollowThem();
            life.othersBlockThem();
            life.whoStopsIsTakenBack();
            life.whoAsksAgainIsWhoTheyWere();
            life.whatTheBridgeHasOfThemIsTheirs();
            life.whoLeavesIsGone();
            life.whatTheySaidBeforeWasNeverKept();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\n\nthe bridge said:\n" + world.instance().log(), e);
        }
    }
}
