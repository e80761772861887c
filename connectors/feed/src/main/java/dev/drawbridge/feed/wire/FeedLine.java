package dev.drawbridge.feed.wire;

import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.translate.EntryEvents;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One feed that is read: what of it is new is handed over, oldest first, and noted only then.
final class FeedLine {
    /// After so many entries what was handed over is noted, though there are more.
    private static final int NOTED = 50;
    /// A clock elsewhere may be that much ahead; later is a mistake.
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /// Of more entries than these, nine in ten new at once are none that somebody just wrote.
    private static final int FLOOD = 20;
    /// So long the operator is told of a flood.
    private static final Duration TOLD = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(FeedLine.class);

    private final URI feed;
    private final FeedClient client;
    private final Cursors cursors;
    private final InstantSource clock;
    /// Held over the network: the same feed is not read twice at once, and nobody else waits for it.
    private final ReentrantLock reading = new ReentrantLock();

    private volatile Optional<Feed> last = Optional.empty();
    private volatile Optional<Held> held = Optional.empty();

    /// Entries that were not carried because all came at once.
    private record Held(int entries, Instant at) {}

    FeedLine(URI feed, FeedClient client, Cursors cursors, InstantSource clock) {
        this.feed = feed;
        this.client = client;
        this.cursors = cursors;
        this.clock = clock;
    }

    URI feed() {
        return feed;
    }

    /// The feed as it was seen last by this process.
    Optional<Feed> last() {
        return last;
    }

    /// What the operator has to know, as the end of a sentence about the feed; empty if all is well.
    Optional<String> trouble() {
        return held.filter(flood -> clock.instant().isBefore(flood.at().plus(TOLD)))
                .map(flood -> "brought " + flood.entries()
                        + " entries at once that look new, as if their ids had changed: none of them is carried");
    }

    /// What came of one look.
    ///
    /// @param fetched what the server said
    /// @param busy how long to wait before the rest can be handed over
    record Looked(Fetched fetched, Optional<Duration> busy) {}

    /// Looks once. What is there at the very first look was there before: it is noted and not handed over.
    Looked look(EventSink sink) {
        reading.lock();
        try {
            Seen seen = Seen.of(cursors, feed);
            if (seen.gone()) {
                return new Looked(new Fetched.Gone(), Optional.empty());
            }
            // Of its hub and its pauses nothing is stored: a server that says 304 would leave them unknown.
            boolean known = last.isPresent();
            Fetched fetched = client.fetch(seen.address(), known ? seen.etag() : "", known ? seen.modified() : "");
            Optional<Duration> busy = Optional.empty();
            switch (fetched) {
                case Fetched.Fresh fresh -> {
                    last = Optional.of(fresh.feed());
                    busy = take(fresh.feed(), seen, sink, true);
                    if (busy.isEmpty() && seen.server(fresh.etag(), fresh.modified(), fresh.address())) {
                        seen.save();
                    }
                }
                case Fetched.Gone _ -> {
                    seen.markGone();
                    seen.save();
                }
                case Fetched.Unchanged _, Fetched.Failed _ -> {}
            }
            return new Looked(fetched, busy);
        } finally {
            reading.unlock();
        }
    }

    /// Takes what a hub brought: the feed, or the part of it that is new.
    ///
    /// @return how long to wait before the rest can be handed over
    Optional<Duration> brought(Feed news, EventSink sink) {
        reading.lock();
        try {
            Seen seen = Seen.of(cursors, feed);
            return seen.begun() && !seen.gone() ? take(news, seen, sink, false) : Optional.empty();
        } finally {
            reading.unlock();
        }
    }

    /// The entries that are there, newest first, with times that stay the same; empty if the
    /// server does not give them.
    ///
    /// @param carried how many of the newest are carried whenever they were published: their edits are from now on
    Optional<List<NativeEvent>> history(int carried) {
        reading.lock();
        try {
            Seen seen = Seen.of(cursors, feed);
            if (!(client.fetch(seen.address(), "", "") instanceof Fetched.Fresh fresh)) {
                return Optional.empty();
            }
            last = Optional.of(fresh.feed());
            List<Entry> newestFirst = dated(fresh.feed().entries(), seen).reversed();
            backfilled(newestFirst.stream().limit(carried).toList(), seen);
            return Optional.of(newestFirst.stream()
                    .map(entry -> EntryEvents.published(feed, entry, clock.instant()))
                    .toList());
        } finally {
            reading.unlock();
        }
    }

    /// Notes entries as handed over that would not be carried otherwise. What is new in a feed that is read already
    /// comes with the next look.
    private static void backfilled(List<Entry> entries, Seen seen) {
        List<Entry> old = entries.stream()
                .filter(entry ->
                        seen.begun() ? !seen.isCarried(entry) : seen.said(entry).isEmpty())
                .toList();
        old.forEach(seen::handedOver);
        if (!old.isEmpty()) {
            seen.save();
        }
    }

    private Optional<Duration> take(Feed fresh, Seen seen, EventSink sink, boolean whole) {
        List<Entry> entries = dated(fresh.entries(), seen);
        entries.forEach(seen::stillThere);
        if (!seen.begun()) {
            entries.stream().filter(entry -> seen.said(entry).isEmpty()).forEach(seen::notCarried);
            seen.show(fresh.fingerprint());
            seen.begin();
            seen.save();
            return Optional.empty();
        }
        boolean noted = hold(entries, seen) | follow(entries, seen);
        int done = 0;
        for (Entry entry : entries) {
            Optional<NativeEvent> news = news(entry, seen);
            if (news.isPresent()) {
                Optional<Duration> busy = handOver(news.get(), seen, sink, done > 0);
                if (busy.isPresent()) {
                    return busy;
                }
                seen.handedOver(entry);
                if (++done % NOTED == 0) {
                    seen.save();
                }
            }
        }
        boolean shows = whole && !seen.showed(fresh.fingerprint());
        Optional<Duration> busy = shows
                ? handOver(EntryEvents.profile(feed, fresh, clock.instant()), seen, sink, done > 0)
                : Optional.empty();
        if (busy.isEmpty() && (done > 0 || shows || noted)) {
            seen.show(whole ? fresh.fingerprint() : seen.shown());
            seen.save();
        }
        return busy;
    }

    /// Notes a flood as not carried: nearly all is new, and what was known is gone. So it looks when a site calls its
    /// entries something else, and all of its past would be carried once more.
    ///
    /// @return whether there was one
    private boolean hold(List<Entry> entries, Seen seen) {
        List<Entry> news =
                entries.stream().filter(entry -> seen.said(entry).isEmpty()).toList();
        int known = entries.size() - news.size();
        boolean flood = entries.size() > FLOOD && known * 10 <= entries.size() && seen.size() > known;
        if (flood) {
            news.forEach(seen::notCarried);
            held = Optional.of(new Held(news.size(), clock.instant()));
            LOG.warn("the feed {} has {} new entries at once: none of them is carried", feed, news.size());
        }
        return flood;
    }

    /// Notes what entries that are not carried say now: nobody has them, so nobody is told.
    ///
    /// @return whether something was noted
    private static boolean follow(List<Entry> entries, Seen seen) {
        List<Entry> changed = entries.stream()
                .filter(entry -> !seen.isCarried(entry))
                .filter(entry -> !seen.said(entry).equals(Optional.of(entry.fingerprint())))
                .toList();
        changed.forEach(seen::notCarried);
        return !changed.isEmpty();
    }

    /// What is to be told of an entry; empty if it says what it said before.
    private Optional<NativeEvent> news(Entry entry, Seen seen) {
        Optional<String> said = seen.said(entry);
        if (said.isEmpty()) {
            return Optional.of(EntryEvents.published(feed, entry, clock.instant()));
        }
        return said.get().equals(entry.fingerprint())
                ? Optional.empty()
                : Optional.of(EntryEvents.edited(feed, edited(entry), clock.instant()));
    }

    /// @param unsaved whether something was handed over since it was noted
    /// @return how long to wait if it cannot be taken now
    private static Optional<Duration> handOver(NativeEvent event, Seen seen, EventSink sink, boolean unsaved) {
        if (sink.accept(event) instanceof Receipt.Busy(Duration after)) {
            if (unsaved) {
                seen.save();
            }
            return Optional.of(after);
        }
        return Optional.empty();
    }

    /// An edit without a time happened now.
    private Entry edited(Entry entry) {
        Instant now = clock.instant();
        Instant published = entry.published().orElse(now);
        Instant at = entry.updated().filter(t -> t.isAfter(published)).orElse(now);
        return entry.at(published, Optional.of(at.isAfter(now) ? now : at));
    }

    /// Oldest first, each with a time: its own if it can be, else when it was first seen, which is noted before it is
    /// used. Of entries without one the upper is the newer.
    private List<Entry> dated(List<Entry> entries, Seen seen) {
        Instant now = clock.instant();
        List<Entry> dated = new ArrayList<>();
        boolean news = false;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            Optional<Instant> own = entry.published().filter(at -> !at.isAfter(now.plus(AHEAD)));
            Optional<Instant> known = seen.firstSeen(entry);
            if (own.isEmpty() && known.isEmpty()) {
                seen.firstSeen(entry, now.minusSeconds(i));
                known = seen.firstSeen(entry);
                news = true;
            }
            dated.add(entry.at(known.or(() -> own).orElse(now), entry.updated()));
        }
        if (news) {
            seen.save();
        }
        dated.sort(Comparator.comparing(entry -> entry.published().orElse(now)));
        return dated;
    }
}
