package dev.drawbridge.feed;

import dev.drawbridge.feed.wire.LaterTimer;
import dev.drawbridge.feed.wire.Site;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.InMemoryCursors;
import dev.drawbridge.testkit.InMemoryDeadLetters;
import dev.drawbridge.testkit.InMemoryFollows;
import dev.drawbridge.testkit.InMemoryIdentityMap;
import dev.drawbridge.testkit.VirtualClock;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// A connector that reads the feeds of a [Site], on a clock that stands still.
abstract class Reading {
    static final String FEED = "https://news.example/rss.xml";
    static final NativeId AUTHOR = new NativeId(Network.FEED, FEED);
    static final Duration SOON = Duration.ofSeconds(2);
    static final Duration NEXT = Duration.ofMinutes(34);

    final Site site = new Site();
    final VirtualClock clock = new VirtualClock();
    final InMemoryCursors cursors = new InMemoryCursors();
    final Set<NativeId> people = new HashSet<>();
    /// From the next start on.
    boolean loopback;

    /// Who is mirrored, as it is asked for.
    volatile Supplier<Set<NativeId>> watched = () -> people;

    final List<NativeEvent> events = new ArrayList<>();
    final List<NativeEvent> offered = new ArrayList<>();
    Function<NativeEvent, Receipt> answer = _ -> new Receipt.Accepted();
    private final List<Runnable> listeners = new ArrayList<>();
    private LaterTimer timer = new LaterTimer(clock);
    FeedConnector connector = connector();

    private FeedConnector connector() {
        var instance = new InstanceInfo(
                URI.create("https://bridge.example"), "bridge.example", "Drawbridge", "test", "", loopback);
        return new FeedConnector(
                new ConnectorContext(
                        instance,
                        new ConnectorSettings(Map.of()),
                        clock,
                        new Random(7),
                        null,
                        null,
                        null,
                        site,
                        null,
                        new InMemoryIdentityMap(),
                        new InMemoryFollows(),
                        cursors,
                        watchlist(),
                        new InMemoryDeadLetters(),
                        Set.of(Network.NOSTR),
                        Meters.NONE,
                        null),
                timer);
    }

    private Watchlist watchlist() {
        return new Watchlist() {
            @Override
            public Set<NativeId> people(Network network) {
                return watched.get();
            }

            @Override
            public Set<NativeId> ours(Network network) {
                return Set.of();
            }

            @Override
            public void onChange(Network network, Runnable listener) {
                listeners.add(listener);
            }
        };
    }

    void start() {
        connector.start(this::accept);
    }

    private Receipt accept(NativeEvent event) {
        offered.add(event);
        Receipt receipt = answer.apply(event);
        if (receipt instanceof Receipt.Accepted) {
            events.add(event);
        }
        return receipt;
    }

    void mirrored() {
        people.add(AUTHOR);
        start();
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    /// Only what is stored is left.
    void restart() {
        connector.stop();
        listeners.clear();
        timer = new LaterTimer(clock);
        connector = connector();
        start();
    }

    void pass(Duration time) {
        timer.pass(time);
    }

    /// The guids of what was taken.
    List<String> ids() {
        return events.stream()
                .map(e -> e.id().value().substring(FEED.length() + 1))
                .map(id -> URLDecoder.decode(id, StandardCharsets.UTF_8))
                .toList();
    }

    /// A feed with these guids, newest first, an hour between each two.
    static String rss(String... guids) {
        var items = new StringBuilder();
        for (int i = 0; i < guids.length; i++) {
            Instant at = Instant.parse("2026-01-10T00:00:00Z").plus(Duration.ofHours(guids.length - i));
            items.append(
                            "<item><guid isPermaLink='false'>%s</guid><title>Title of %s</title><link>https://news.example/p/%s</link>"
                                    .formatted(guids[i], guids[i], guids[i]))
                    .append("<description>text of %s</description><pubDate>%s</pubDate></item>"
                            .formatted(guids[i], at));
        }
        return "<rss version='2.0'><channel><title>The News</title><link>https://news.example/</link>" + items
                + "</channel></rss>";
    }
}
