package dev.drawbridge.feed.wire;

import dev.drawbridge.feed.object.Addresses;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.translate.FeedProfiles;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the feeds that are mirrored, each when its time has come.
public final class FeedDesk {
    private static final Logger LOG = LoggerFactory.getLogger(FeedDesk.class);
    /// At once, each with some megabytes in memory.
    private static final int READERS = 4;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 8;
    private static final int TROUBLE = 3;
    private static final int WITH_A_HUB = 4;

    private final FeedClient client;
    private final Cursors cursors;
    private final Watchlist watchlist;
    private final HubSubscriptions hubs;
    private final Duration every;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Timer timer;
    private final Semaphore readers = new Semaphore(READERS);
    private final Map<URI, Turn> turns = new ConcurrentHashMap<>();
    /// Who is read changes under it. Not held over the network.
    private final ReentrantLock changing = new ReentrantLock();

    private volatile Optional<EventSink> sink = Optional.empty();

    private FeedDesk(ConnectorContext context, Duration every, HubSubscriptions hubs, Timer timer) {
        this.client = new FeedClient(context.http(), context.clock());
        this.cursors = context.cursors();
        this.watchlist = context.watchlist();
        this.every = every;
        this.random = context.random();
        this.clock = context.clock();
        this.hubs = hubs;
        this.timer = timer;
    }

    /// @param every how long a feed is left alone
    /// @param withHubs whether hubs are asked to tell us of news
    public static FeedDesk of(ConnectorContext context, Duration every, boolean withHubs, Timer timer) {
        var hubs =
                new HubSubscriptions(context.http(), context.instance(), context.random(), context.clock(), withHubs);
        return new FeedDesk(context, every, hubs, timer);
    }

    /// A feed and how it goes with it.
    private static final class Turn {
        private final FeedLine line;
        private volatile int failures;
        private volatile boolean gone;
        private volatile String trouble = "";

        Turn(FeedLine line) {
            this.line = line;
        }
    }

    public void start(EventSink events) {
        sink = Optional.of(events);
        watchlist.onChange(Network.FEED, this::changed);
        changed();
    }

    public void stop() {
        sink = Optional.empty();
        timer.close();
    }

    /// Somebody is mirrored, or no more. One after the other, or who was added in between would be taken for ended.
    private void changed() {
        changing.lock();
        try {
            if (sink.isEmpty()) {
                return;
            }
            Set<URI> wanted = watchlist.people(Network.FEED).stream()
                    .flatMap(person -> Addresses.http(person.value()).stream())
                    .collect(Collectors.toSet());
            for (URI feed : wanted) {
                var turn = new Turn(line(feed));
                if (turns.putIfAbsent(feed, turn) == null) {
                    timer.after(Duration.ofMillis(random.nextInt(1_000)), () -> look(turn));
                }
            }
            for (URI feed : Set.copyOf(turns.keySet())) {
                if (!wanted.contains(feed)) {
                    turns.remove(feed);
                    hubs.leave(feed);
                    forgetEnded(feed);
                }
            }
        } finally {
            changing.unlock();
        }
    }

    /// Keeps nothing of a feed, unless it is mirrored again.
    private void forgetEnded(URI feed) {
        changing.lock();
        try {
            if (!turns.containsKey(feed)) {
                Seen.forget(cursors, feed);
            }
        } finally {
            changing.unlock();
        }
    }

    private FeedLine line(URI feed) {
        return new FeedLine(feed, client, cursors, clock);
    }

    private void look(Turn turn) {
        URI feed = turn.line.feed();
        Optional<EventSink> to = sink;
        if (to.isEmpty() || turns.get(feed) != turn) {
            return;
        }
        Duration next = LONGEST;
        try {
            readers.acquire();
            try {
                next = next(turn, turn.line.look(to.get()));
            } finally {
                readers.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            LOG.warn("the feed {} cannot be read now: {}", feed, e.toString());
            next = failed(turn, "cannot be read: " + e);
        }
        if (!turns.containsKey(feed)) {
            // It ended while it was read: nothing of it is kept.
            forgetEnded(feed);
        } else if (turns.get(feed) == turn && !turn.gone) {
            timer.after(jittered(next), () -> look(turn));
        }
    }

    private Duration next(Turn turn, FeedLine.Looked looked) {
        if (looked.busy().isPresent()) {
            return looked.busy().get();
        }
        return switch (looked.fetched()) {
            case Fetched.Fresh fresh -> {
                well(turn);
                hubs.offer(turn.line.feed(), fresh.feed());
                yield pause(turn, fresh.fresh());
            }
            case Fetched.Unchanged(Optional<Duration> fresh) -> {
                well(turn);
                turn.line.last().ifPresent(feed -> hubs.offer(turn.line.feed(), feed));
                yield pause(turn, fresh);
            }
            case Fetched.Gone _ -> {
                turn.gone = true;
                turn.trouble = "is gone for good";
                LOG.warn("the feed {} is gone for good: it is not read any more", turn.line.feed());
                yield LONGEST;
            }
            case Fetched.Failed(String reason, Optional<Duration> after) -> {
                Duration own = failed(turn, reason);
                yield after.filter(asked -> asked.compareTo(own) > 0).orElse(own);
            }
        };
    }

    private static void well(Turn turn) {
        turn.failures = 0;
        turn.trouble = "";
    }

    /// Twice as long after every failure.
    private Duration failed(Turn turn, String reason) {
        turn.failures = Math.min(turn.failures + 1, MOST_DOUBLINGS);
        turn.trouble = reason;
        LOG.info("the feed {} {}", turn.line.feed(), reason);
        return capped(every.multipliedBy(1L << (turn.failures - 1)));
    }

    /// What the feed, its server and we want: the longest of it.
    private Duration pause(Turn turn, Optional<Duration> fresh) {
        Duration wanted = hubs.tells(turn.line.feed()) ? every.multipliedBy(WITH_A_HUB) : every;
        Duration feeds = turn.line.last().flatMap(Feed::every).orElse(Duration.ZERO);
        Duration servers = fresh.orElse(Duration.ZERO);
        Duration longer = feeds.compareTo(servers) > 0 ? feeds : servers;
        return capped(longer.compareTo(wanted) > 0 ? longer : wanted);
    }

    private static Duration capped(Duration pause) {
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    /// A tenth more at most, so that not all are asked at once.
    private Duration jittered(Duration pause) {
        return pause.plusMillis(random.nextLong(Math.max(1, pause.toMillis() / 10)));
    }

    /// Where hubs tell of news.
    public HubSubscriptions hubs() {
        return hubs;
    }

    /// A hub brought news of a feed.
    ///
    /// @return how long it has to wait if they cannot be taken now
    public Optional<Duration> brought(URI feed, Feed news) {
        Turn turn = turns.get(feed);
        return turn == null || sink.isEmpty() ? Optional.empty() : turn.line.brought(news, sink.get());
    }

    /// What a feed shows of itself; empty if there is none. Asks its server unless it was just read.
    public Optional<Profile> profile(NativeId actor) {
        return Addresses.http(actor.value()).flatMap(address -> {
            Turn turn = turns.get(address);
            Optional<Feed> known = turn == null ? Optional.empty() : turn.line.last();
            return known.or(() -> client.fetch(address, "", "") instanceof Fetched.Fresh fresh
                            ? Optional.of(fresh.feed())
                            : Optional.empty())
                    .map(feed -> FeedProfiles.of(address, feed));
        });
    }

    /// What is in a feed that is mirrored, newest first; empty if it cannot be read now.
    ///
    /// @param carried how many of the newest are carried whenever they were published
    public Optional<List<NativeEvent>> history(NativeId author, int carried) {
        return Addresses.http(author.value())
                .flatMap(address -> Optional.ofNullable(turns.get(address)))
                .flatMap(turn -> turn.line.history(carried));
    }

    /// An entry of a feed that is mirrored, if it is still there.
    public Optional<NativeEvent> entry(NativeId object) {
        int hash = object.value().lastIndexOf('#');
        var author = new NativeId(Network.FEED, hash > 0 ? object.value().substring(0, hash) : object.value());
        return history(author, 0).stream()
                .flatMap(List::stream)
                .filter(event -> event.id().equals(object))
                .findFirst();
    }

    public List<String> troubles() {
        return turns.values().stream()
                .flatMap(turn -> trouble(turn).map(what -> "the feed " + turn.line.feed() + " " + what).stream())
                .sorted()
                .toList();
    }

    private static Optional<String> trouble(Turn turn) {
        return turn.gone || turn.failures >= TROUBLE ? Optional.of(turn.trouble) : turn.line.trouble();
    }
}
