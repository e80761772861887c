package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.translate.VanishIn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What somebody published before: asks the relays they write to ([NIP-65](https://nips.nostr.com/65)), those of the
/// settings and our own, each beside the others, newest first, until there is enough. Deletions count wherever they
/// are.
public final class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// In characters: who writes longer texts has fewer of them.
    private static final long MUCH = 16_000_000;
    private static final int MOST_FORGED = 10;
    /// Deletions that are read here.
    private static final int MOST_GONE = 10_000;
    /// How often a relay they write to is waited for before what others have is enough.
    private static final int MOST_SILENCES = 3;

    private static final List<Integer> POSTS =
            Intake.KINDS.stream().filter(NativeEvents::isPost).toList();
    private static final List<Integer> GONE = List.of(Kind.DELETION, Kind.VANISH);
    private static final List<Integer> KINDS =
            Stream.concat(POSTS.stream(), GONE.stream()).toList();

    private final RelayPool pool;
    private final EventStore store;
    private final Intake intake;
    private final EventVerifier verifier;
    private final VanishIn vanishing;
    private final InstantSource clock;
    private final Map<PublicKey, Integer> silences = new ConcurrentHashMap<>();

    /// @param store of our own relay
    /// @param own what our relay is called
    public History(
            RelayPool pool,
            EventStore store,
            Intake intake,
            EventVerifier verifier,
            RelayUrl own,
            InstantSource clock) {
        this.pool = pool;
        this.store = store;
        this.intake = intake;
        this.verifier = verifier;
        this.vanishing = new VanishIn(own);
        this.clock = clock;
    }

    /// The newest posts that are still there, newest first. Returns after half a minute or so at the latest. A relay
    /// they write to is waited for a few times: it may be the only one that knows what was deleted.
    ///
    /// @return empty if that one is silent, or nothing was found and not every relay answered
    public Optional<List<Event>> of(PublicKey author, int most) {
        Filter filter = Filter.ANY.authors(List.of(author)).kinds(KINDS);
        Instant until = clock.instant().plus(PATIENCE);
        List<Part> parts = new ArrayList<>();
        List<Thread> asking = new ArrayList<>();
        var here = new Part(filter, most);
        here.read(store.query(filter.kinds(POSTS), most), most);
        here.read(store.query(filter.kinds(GONE), MOST_GONE), MOST_GONE);
        parts.add(here);
        List<Part> theirs = new ArrayList<>();
        for (RelayUrl url : pool.writtenBy(author)) {
            var part = new Part(filter, most);
            parts.add(part);
            if (pool.writes(author, url)) {
                theirs.add(part);
            }
            asking.add(Thread.ofVirtual().name("nostr-history-" + url).start(() -> part.ask(url, until)));
        }
        asking.forEach(History::join);
        // What is cut short where one fell silent is waited for too, or it would be cut for good.
        boolean told = theirs.stream().allMatch(part -> part.answered)
                && parts.stream().allMatch(part -> part.answered || part.stoppedAt == 0);
        if (told) {
            silences.remove(author);
        } else if (silences.merge(author, 1, Integer::sum) <= MOST_SILENCES) {
            return Optional.empty();
        }
        return together(parts, most);
    }

    /// Older than what one place stopped at nothing is taken: what was deleted of it was not read there.
    private static Optional<List<Event>> together(List<Part> parts, int most) {
        var all = new Past();
        parts.forEach(part -> all.add(part.past));
        long oldest = parts.stream().mapToLong(part -> part.stoppedAt).max().orElse(0);
        List<Event> found = new ArrayList<>();
        long size = 0;
        for (Event post : all.newest(most)) {
            size += post.size();
            if (size > MUCH || post.createdAt() < oldest) {
                break;
            }
            found.add(post);
        }
        boolean said = !found.isEmpty() || parts.stream().allMatch(part -> part.answered);
        return said ? Optional.of(List.copyOf(found)) : Optional.empty();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What one place has. Written by one thread, read by another after that has ended.
    private final class Part {
        private final Filter filter;
        private final int most;
        private final Past past = new Past();
        private int forged;
        private boolean answered;
        /// Of what counts here, in seconds since 1970.
        private long oldest = Long.MAX_VALUE;
        /// In seconds since 1970; what is older was not read here.
        private long stoppedAt;

        private Part(Filter filter, int most) {
            this.filter = filter;
            this.most = most;
        }

        private void read(List<Event> stored, int asked) {
            stored.forEach(this::takesMore);
            answered = true;
            if (stored.size() >= asked) {
                stoppedAt = Math.max(stoppedAt, stored.getLast().createdAt());
            }
        }

        private void ask(RelayUrl url, Instant until) {
            try {
                Survey.Extent extent = pool.survey(url, filter, until, this::takesMore);
                boolean told = extent == Survey.Extent.WHOLE || extent == Survey.Extent.ENOUGH;
                answered = told && forged < MOST_FORGED;
                // Whatever is read of a relay that is not read to its end: older than that it knows more.
                stoppedAt = extent != Survey.Extent.WHOLE && oldest < Long.MAX_VALUE ? oldest : 0;
            } catch (RuntimeException e) {
                LOG.warn("relay {}: cannot be asked for the past: {}", url, e.toString());
            }
            if (forged >= MOST_FORGED) {
                LOG.warn("relay {}: brings forgeries, and is not read to its end", url);
            }
        }

        /// @return whether more is wanted
        private boolean takesMore(Event event) {
            boolean wanted = filter.matches(event)
                    && intake.useless(event).isEmpty()
                    && (!event.isProtected() || !NativeEvents.isPost(event.kind()))
                    && (event.kind() != Kind.VANISH || vanishing.meansUs(event));
            if (wanted && verifier.problem(event).isPresent()) {
                forged++;
            } else if (wanted) {
                past.add(event);
                oldest = Math.min(oldest, event.createdAt());
            }
            boolean full = past.count() >= most || past.size() > MUCH;
            return !full && forged < MOST_FORGED;
        }
    }
}
