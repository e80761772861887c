package dev.drawbridge.it.crash;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.instance.RunningInstance;
import dev.drawbridge.it.load.Fediverse;
import dev.drawbridge.it.peers.AtprotoPeer;
import dev.drawbridge.it.peers.AtprotoPeer.RelayManners;
import dev.drawbridge.it.peers.Ports;
import dev.drawbridge.it.peers.StrictVerifier;
import dev.drawbridge.it.peers.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A relay that believes nothing reads the instance from its first account on, while people write, edit, delete, leave
/// and come back, and while the instance is killed: no event is wrong, and none is missing.
class StrictPdsIT {
    private static final int POSTS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final RelayManners RELAY = new RelayManners(8, 1_500);
    private static final RelayManners STRICTER = new RelayManners(2, 1_500);

    @Test
    void whateverHappensEveryEventIsRight(@TempDir Path home) {
        var setup = RunningInstance.Setup.loopback(home);
        try (var peer = AtprotoPeer.start(Map.of(".drawbridge.test", setup.base()));
                var verifier = peer.verifying(host(setup))) {
            tell(setup, peer, () -> assertThat(judged(verifier).events()).isGreaterThan(POSTS));
        }
    }

    /// One relay reads as much as the settings say, another less than they know of. The bot is the name of a host.
    @Test
    void whereRelaysTakeLittleNothingIsLostEither(@TempDir Path home) {
        int port = Ports.free();
        var setup = RunningInstance.Setup.loopback(home)
                .with("drawbridge.atproto.bot-did", "web")
                .with("drawbridge.atproto.relays", "http://localhost:" + port)
                .with("drawbridge.atproto.relay-limits.events-per-second", Integer.toString(RELAY.perSecond()))
                .with("drawbridge.atproto.relay-limits.events-per-hour", Integer.toString(RELAY.perHour()));
        var dids = Map.of(".drawbridge.test", setup.base());
        try (var peer = AtprotoPeer.start(dids);
                var relay = peer.relay(host(setup), RELAY, Optional.of(port), dids);
                var stricter = peer.relay(host(setup), STRICTER, Optional.empty(), dids)) {
            tell(setup, peer, () -> {
                Verdict verdict = judged(relay);
                assertThat(verdict.number("crawls")).as("it was asked to read").isPositive();
                assertThat(verdict.number("webDids")).isPositive();
                assertThat(verdict.number("ops")).isGreaterThan(POSTS);
                assertThat(verdict.events()).as("what waited went together").isLessThan(POSTS);
                assertThat(judged(stricter).number("stops")).isPositive();
            });
        }
    }

    private static URI host(RunningInstance.Setup setup) {
        return URI.create("ws://" + setup.base().getAuthority());
    }

    /// @param judge asks those who read, while there still is something to read
    private static void tell(RunningInstance.Setup setup, AtprotoPeer peer, Runnable judge) {
        try (var fediverse = Fediverse.start();
                var instance = RunningInstance.start(setup.with("drawbridge.nostr.enabled", "false")
                        .with("drawbridge.atproto.handle-domain", "drawbridge.test")
                        .with("drawbridge.atproto.plc-directory", peer.plc().toString())
                        .with("drawbridge.atproto.firehose", peer.firehose().toString()))) {
            try {
                tell(new StrictWorld(fediverse, peer, instance), instance);
                judge.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(e.getMessage() + "\n\nthe bridge said:\n" + instance.log(), e);
            }
        }
    }

    private static void tell(StrictWorld world, RunningInstance instance) {
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
    }

    private static Verdict judged(StrictVerifier verifier) {
        Verdict verdict = verifier.finish();
        System.out.println("strict PDS test: "
                + verdict.report().lines().reduce((_, last) -> last).orElse(""));
        assertThat(verdict.failed()).as(verdict.report()).isZero();
        assertThat(verdict.number("connections")).as("it came back").isGreaterThan(1);
        return verdict;
    }
}
