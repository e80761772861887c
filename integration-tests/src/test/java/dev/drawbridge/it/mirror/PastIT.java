package dev.drawbridge.it.mirror;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Side;
import dev.drawbridge.it.sides.Sighting;
import dev.drawbridge.it.sides.Words;
import dev.drawbridge.it.sides.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An account on the reference PDS and one on a relay are mirrored long after they began to post.
class PastIT {
    private static final int OLD = 30;
    private static final int WANTED = 24;

    @Test
    void theLastPostsOfBothReachTheOtherNetworkOnceAndInOrderThroughAKill(@TempDir Path home) throws IOException {
        // What people on Nostr write is an hour old: it is from before.
        LongSupplier earlier = () -> Instant.now().getEpochSecond() - 3_600;
        Path list = Files.writeString(home.resolve("mirrors.yml"), "mirrors: []\n");
        var settings = Map.of("drawbridge.mirrors", list.toString());
        try (var world = World.start(home, Optional.empty(), earlier, settings)) {
            try {
                crosses(world, list);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        e.getMessage() + "\n\nthe bridge said:\n"
                                + world.instance().log(),
                        e);
            }
        }
    }

    private static void crosses(World world, Path list) throws IOException {
        Side nostr = world.side("nostr");
        Side sky = world.side("atproto");
        Person paper = sky.join("paper");
        Person radio = nostr.join("radio");
        for (int i = 0; i < OLD; i++) {
            sky.publish(paper, Words.of("paper " + (100 + i)));
            nostr.publish(radio, Words.of("radio " + (100 + i)));
        }
        eventually(() -> assertThat(sky.bot("nostr")).isPresent());
        eventually(() -> assertThat(nostr.bot("atproto")).isPresent());
        Path next = Files.writeString(
                list.resolveSibling("next.yml"),
                "mirrors: [" + mirror(paper, "nostr") + ", " + mirror(radio, "atproto") + "]\n");
        Files.move(next, list, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        eventually(() -> assertThat(sky.ghost(radio)).isPresent());
        eventually(() -> assertThat(nostr.ghost(paper)).isPresent());
        eventually(() -> assertThat(posts(sky, radio)).isNotEmpty());
        world.instance().kill();
        world.instance().start();

        eventually(() -> assertThat(posts(sky, radio)).hasSize(WANTED));
        eventually(() -> assertThat(posts(nostr, paper)).hasSize(WANTED));
        sky.publish(paper, Words.of("paper 999"));
        eventually(() -> assertThat(posts(nostr, paper)).contains("paper 999"));
        assertThat(posts(sky, radio)).as("in order").containsExactlyElementsOf(last("radio "));
        assertThat(posts(nostr, paper).stream().sorted().limit(WANTED).toList())
                .as("once each")
                .containsExactlyElementsOf(last("paper "));
        assertThat(posts(nostr, paper)).hasSize(WANTED + 1);
    }

    private static List<String> last(String name) {
        return IntStream.range(OLD - WANTED, OLD)
                .mapToObj(i -> name + (100 + i))
                .toList();
    }

    private static String mirror(Person account, String to) {
        return "{network: " + account.network() + ", account: \"" + account.id() + "\", to: [" + to
                + "], mode: broadcast, permission: letter 1, since: " + Instant.now() + ", backfill: " + WANTED + "}";
    }

    private static List<String> posts(Side side, Person author) {
        return side.posts(side.ghost(author).orElseThrow().id()).stream()
                .map(Sighting::text)
                .toList();
    }
}
