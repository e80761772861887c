package dev.drawbridge.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.RealStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at random moments while posts come in from three networks: what was accepted has its effect exactly once.
///
/// `-Dcrash.posts`, `-Dcrash.kills` and `-Dcrash.seed` change how much and when; the seed is printed. The defaults are
/// small enough for every build; docs/performance.md says how the large run is started.
class CrashIT {
    private static final int POSTS = Integer.getInteger("crash.posts");
    private static final int KILLS = Integer.getInteger("crash.kills");
    private static final Duration SETTLING = Duration.ofMinutes(5);

    @Test
    void nothingAcceptedIsLostOrDoubledOnTheEmbeddedStore(@TempDir Path home) {
        survives(home, Optional.empty());
    }

    @Test
    void nothingAcceptedIsLostOrDoubledOnARealStore(@TempDir Path home) {
        survives(home, Optional.of(RealStore.database("crash")));
    }

    private void survives(Path home, Optional<String> store) {
        long seed = Optional.ofNullable(Long.getLong("crash.seed")).orElseGet(System::nanoTime);
        System.out.printf("crash test: %d posts, %d kills, -Dcrash.seed=%d%n", POSTS, KILLS, seed);
        var random = new Random(seed);
        try (var world = CrashWorld.start(home, store)) {
            world.everybodyOptsIn();
            try (var load = world.load(POSTS)) {
                int perRound = POSTS / (KILLS + 1);
                for (int kill = 0; kill < KILLS; kill++) {
                    load.allow(perRound);
                    world.killAfter(Duration.ofMillis(random.nextInt(2000)));
                }
                load.allow(POSTS);
                load.finish(SETTLING);
            }
            List<String> wrong = world.wrongEffects(SETTLING);
            assertThat(wrong)
                    .as("effects that are missing or doubled; seed %d\n%s", seed, world.report())
                    .isEmpty();
            var verdict = world.verifyFirehose();
            assertThat(verdict.failed())
                    .as("seed %d: %s", seed, verdict.report())
                    .isZero();
            assertThat(verdict.events()).isGreaterThan(POSTS / 2);
            System.out.println("crash test: " + world.report());
        }
    }
}
