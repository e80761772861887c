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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A feed that an instance mirrors to servers of three networks.
class MirrorIT {
    private static final int ENTRIES = 200;
    /// As the feed's ghost is called everywhere: its host and what tells it from others there.
    private static final Person FEED = new Person("feed", "news", "", "127.0.0.1-news");

    @Test
    void twoHundredEntriesReachThreeNetworksOnceEachAndInOrderThroughAKill(@TempDir Path home) throws IOException {
        LongSupplier now = () -> Instant.now().getEpochSecond();
        try (var news = NewsServer.start()) {
            Path list = Files.writeString(home.resolve("mirrors.yml"), mirrors(news.feed()));
            var settings = Map.of("drawbridge.mirrors", list.toString(), "drawbridge.feed.poll-every", "1s");
            try (var world = World.start(home, Optional.empty(), now, settings)) {
                try {
                    crosses(world, news);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            e.getMessage() + "\n\nthe bridge said:\n"
                                    + world.instance().log(),
                            e);
                }
            }
        }
    }

    private static String mirrors(String feed) {
        return "mirrors: [{network: feed, account: \"" + feed
                + "\", to: [activitypub, nostr, atproto], mode: broadcast,"
                + " permission: letter 1, since: 2026-01-01}]\n";
    }

    private static void crosses(World world, NewsServer news) {
        var sides = List.of(world.side("activitypub"), world.side("nostr"), world.side("atproto"));
        sides.forEach(side -> eventually(() -> assertThat(side.ghost(FEED)).isPresent()));
        Side fediverse = sides.getFirst();
        fediverse.follow(fediverse.join("reader"), ghost(fediverse));
        // Said to be there at the first look, so not carried; what comes next is, and shows that the reader follows.
        eventually(() -> assertThat(news.asked()).isGreaterThan(1));
        for (int i = 1; posts(fediverse).isEmpty() && i <= 50; i++) {
            news.has(i);
            pollAgain(news);
        }
        eventually(() -> assertThat(posts(fediverse)).isNotEmpty());
        int before = IntStream.range(0, ENTRIES)
                .filter(i -> posts(fediverse).contains(NewsServer.words(i)))
                .findFirst()
                .orElseThrow();

        news.has(ENTRIES);
        eventually(() -> assertThat(posts(sides.getLast())).hasSizeGreaterThan(60));
        world.instance().kill();
        world.instance().start();

        List<String> all =
                IntStream.range(0, ENTRIES).mapToObj(NewsServer::words).toList();
        eventually(() -> assertThat(posts(sides.get(1))).hasSize(ENTRIES));
        eventually(() -> assertThat(posts(sides.getLast())).hasSize(ENTRIES));
        eventually(() -> assertThat(posts(fediverse)).contains(NewsServer.words(ENTRIES - 1)));
        assertThat(posts(sides.get(1)).stream().sorted()).as("on Nostr").containsExactlyElementsOf(all);
        assertThat(posts(sides.getLast())).as("on the AT Protocol").containsExactlyElementsOf(all);
        assertThat(posts(fediverse)).as("at the reader").containsExactlyElementsOf(all.subList(before, ENTRIES));
    }

    private static void pollAgain(NewsServer news) {
        int asked = news.asked();
        eventually(() -> assertThat(news.asked()).isGreaterThan(asked + 1));
    }

    private static String ghost(Side side) {
        return side.ghost(FEED).map(Words.Named::id).orElseThrow();
    }

    private static List<String> posts(Side side) {
        return side.posts(ghost(side)).stream().map(Sighting::text).toList();
    }
}
