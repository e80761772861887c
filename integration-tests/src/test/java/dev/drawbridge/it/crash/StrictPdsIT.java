package dev.drawbridge.it.crash;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.StrictVerifier;
import dev.drawbridge.it.peers.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A relay that believes nothing reads the instance from its first account on, while people write, edit, delete, leave
/// and come back, and while the instance is killed: no event is wrong, and none is missing.
class StrictPdsIT {
    private static final int POSTS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whateverHappensEveryEventIsRight(@TempDir Path home) {
        var setup = RunningInstance.Setup.loopback(home);
        try (var peer = AtprotoPeer.start(Map.of(".drawbridge.test", setup.base()));
                var fediverse = Fediverse.start();
                var instance = RunningInstance.start(setup.with("drawbridge.nostr.enabled", "false")
                        .with("drawbridge.atproto.handle-domain", "drawbridge.test")
                        .with("drawbridge.atproto.plc-directory", peer.plc().toString())
                        .with("drawbridge.atproto.firehose", peer.firehose().toString()));
                var verifier = peer.verifying(URI.create("ws://" + instance.authority()))) {
            var world = new StrictWorld(fediverse, peer, instance);
            try {
                tell(world, instance, verifier);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e.getMessage() + "\n\nthe bridge said:\n" + instance.log(), e);
            }
        }
    }

    private void tell(StrictWorld world, RunningInstance instance, StrictVerifier verifier) {
        Instant start = Instant.now();
        world.everybodyJoins();
        try (var load = world.load(POSTS)) {
            load.allow(POSTS / 2);
            eventually(() -> assertThat(world.posts()).hasSizeGreaterThan(POSTS / 10));
            instance.kill();
            load.allow(POSTS);
            instance.start();
            load.finish(PATIENCE);
        }
        eventually(() -> assertThat(world.posts()).hasSize(POSTS));
        world.editAndDelete();
        eventually(() -> assertThat(world.posts()).containsExactlyInAnyOrderElementsOf(world.wanted()));
        world.oneLeavesAndComesBack();
        eventually(() -> assertThat(world.posts()).containsExactlyInAnyOrderElementsOf(world.wanted()));
        assertThat(world.pictures()).isEqualTo(world.wantedPictures());
        Verdict verdict = verifier.finish();
        System.out.printf(
                "strict PDS test: %s, %s%n",
                Duration.between(start, Instant.now()),
                verdict.report().lines().reduce((_, last) -> last).orElse(""));
        assertThat(verdict.failed()).as(verdict.report()).isZero();
        assertThat(verdict.events()).isGreaterThan(POSTS);
        assertThat(verdict.report()).as("it came back").doesNotContainPattern("\"connections\":[01],");
    }
}
