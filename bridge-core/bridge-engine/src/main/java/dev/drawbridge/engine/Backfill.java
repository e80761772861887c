package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what mirrored accounts published before they were mirrored: as many posts as the operator asked for, oldest
/// first, a few at a time and only while little else waits. Not for several threads at once.
public final class Backfill {
    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
    /// Handed over in one step.
    private static final int FEW = 10;
    /// While more than this waits, what is new goes first.
    private static final long MUCH = 40;

    /// Each time twice as long.
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Duration AGAIN_AT_LAST = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;
    /// However long a server asks to be left alone.
    private static final Duration LONGEST = Duration.ofDays(1);
    /// Over about two hours; after that the rest goes on without it.
    private static final int MOST_TRIES = 8;
    /// So many posts are asked for at the most, to find what others came after.
    private static final int FURTHEST = 4_000;

    private final Ports ports;
    private final Connectors connectors;
    private final Mirrors mirrors;
    private final Inbox inbox;
    private final LongSupplier waiting;
    private final InstantSource clock;
    /// What was read of accounts that are not done; read again after a restart.
    private final Map<NativeId, Past> read = new HashMap<>();

    private final Map<NativeId, Instant> notBefore = new HashMap<>();
    /// How often nobody answered since something was handed over.
    private final Map<NativeId, Integer> silences = new HashMap<>();
    /// Whose past was asked for since the start: a network that told nothing of it may have learnt to.
    private final Set<NativeId> asked = new HashSet<>();

    /// What a network told of somebody's past. That it told no more does not mean that there is no more: it may
    /// look no further back.
    private record Past(Map<NativeId, NativeEvent> posts) {
        /// Whether it goes back as far as a post, so that one that is not in it is gone.
        boolean reaches(Backlog backlog, int post) {
            return backlog.posts().subList(0, post).stream().anyMatch(posts::containsKey);
        }

        /// Whether everything that is left is in it, or gone.
        boolean tellsOf(Backlog backlog) {
            return posts.keySet().containsAll(backlog.left()) || reaches(backlog, backlog.done());
        }
    }

    /// @param waiting how much is ready in all queues and not yet done
    public Backfill(
            Ports ports,
            Connectors connectors,
            Mirrors mirrors,
            Inbox inbox,
            LongSupplier waiting,
            InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.mirrors = mirrors;
        this.inbox = inbox;
        this.waiting = waiting;
        this.clock = clock;
    }

    /// How far it is.
    ///
    /// @param wanted how many posts the operator asked for
    /// @param found how many there are
    /// @param done how many of these were handed over or passed over
    /// @param missed how many of those were passed over: gone when their turn came, with a private key in them, or
    /// nobody could tell of them
    public record Progress(int wanted, int found, int done, int missed) {}

    /// Empty for an account without backfill, and before it began.
    public static Optional<Progress> progress(Cursors cursors, NativeId account) {
        return Backlog.of(cursors, account)
                .map(backlog ->
                        new Progress(backlog.wanted(), backlog.posts().size(), backlog.done(), backlog.missed()));
    }

    /// Whether a post from before a mirror is carried all the same.
    static boolean lists(Cursors cursors, NativeId account, NativeId post) {
        return Backlog.of(cursors, account)
                .filter(b -> b.posts().contains(post))
                .isPresent();
    }

    /// Hands over a few more of each account. Asks networks.
    public void step() {
        for (Mirror mirror : mirrors.listed()) {
            NativeId account = mirror.account();
            boolean due =
                    mirror.backfill() > 0 && !clock.instant().isBefore(notBefore.getOrDefault(account, Instant.MIN));
            if (due && isCarried(account)) {
                try {
                    step(mirror);
                } catch (RuntimeException e) {
                    LOG.warn("the past of {} waits: {}", account, e.toString());
                    later(account, e instanceof UnavailableException busy ? busy.retryAfter() : Optional.empty());
                }
            }
        }
        for (Set<NativeId> accounts : List.of(read.keySet(), notBefore.keySet(), silences.keySet(), asked)) {
            accounts.removeIf(account -> mirrors.of(account).isEmpty());
        }
    }

    /// @param wanted how long a server asked to be left alone
    private void later(NativeId account, Optional<Duration> wanted) {
        int times = silences.merge(account, 1, Integer::sum);
        Duration wait = shorter(AGAIN.multipliedBy(1L << Math.min(times - 1, DOUBLINGS)), AGAIN_AT_LAST);
        Duration longer = wanted.map(w -> shorter(w, LONGEST))
                .filter(w -> w.compareTo(wait) > 0)
                .orElse(wait);
        notBefore.put(account, clock.instant().plus(longer));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean isCarried(NativeId account) {
        return ports.consents().of(account).stream().anyMatch(c -> c.given() && Mirrors.vouchesFor(c));
    }

    private void step(Mirror mirror) {
        NativeId account = mirror.account();
        Optional<Backlog> known = Backlog.of(ports.cursors(), account).filter(b -> b.wanted() == mirror.backfill());
        boolean nothing = known.filter(b -> !b.posts().isEmpty()).isEmpty();
        if (known.isEmpty() || (nothing && !asked.contains(account))) {
            begin(mirror);
            return;
        }
        Backlog backlog = known.get();
        if (backlog.done() >= backlog.posts().size()) {
            read.remove(account);
            return;
        }
        if (waiting.getAsLong() > MUCH) {
            return;
        }
        if (!read.containsKey(account) && history(mirror, backlog).isEmpty()) {
            later(account, Optional.empty());
            return;
        }
        handOver(mirror, backlog);
    }

    /// Remembers how far it came, whatever happens to those behind: none is handed over twice because of another.
    private void handOver(Mirror mirror, Backlog backlog) {
        NativeId account = mirror.account();
        int end = Math.min(backlog.posts().size(), backlog.done() + FEW);
        Backlog now = backlog;
        boolean asking = false;
        try {
            while (now.done() < end) {
                asking = true;
                Optional<NativeEvent> event =
                        event(account, now).filter(e -> e.author().equals(account));
                asking = false;
                boolean held = event.filter(Secrets::in).isPresent();
                event.map(e -> held ? Secrets.seen(e) : e).ifPresent(inbox::put);
                now = event.isPresent() && !held ? now.next() : now.without();
                silences.remove(account);
            }
        } catch (RuntimeException e) {
            // Only who was asked may be at fault for good; that it cannot be stored here is not the post's doing.
            now = asking && !Thread.currentThread().isInterrupted() ? now.failed() : now;
            now.save(ports.cursors(), account);
            // Where nobody tells of anything, it is not this post.
            if (now.tries() < MOST_TRIES || history(mirror, now).isEmpty()) {
                throw e;
            }
            LOG.warn(
                    "{} is passed over: nobody could tell of it {} times",
                    now.posts().get(now.done()),
                    MOST_TRIES,
                    e);
            silences.remove(account);
            now = now.without();
        }
        now.save(ports.cursors(), account);
    }

    private void begin(Mirror mirror) {
        NativeId account = mirror.account();
        var nothing = new Backlog(mirror.backfill(), List.of(), 0, 0, 0);
        Optional<List<NativeEvent>> found = history(mirror, nothing);
        if (found.isEmpty()) {
            later(account, Optional.empty());
            return;
        }
        asked.add(account);
        silences.remove(account);
        List<NativeId> posts = found.get().stream()
                .limit(mirror.backfill())
                .map(NativeEvent::object)
                .distinct()
                .toList();
        new Backlog(mirror.backfill(), posts.reversed(), 0, 0, 0).save(ports.cursors(), account);
        LOG.info("{} posts from before are carried for {}", posts.size(), account);
    }

    /// Reads what the network tells. Of an account that wrote more since, so much that what is left comes up
    /// again.
    private Optional<List<NativeEvent>> history(Mirror mirror, Backlog backlog) {
        NativeId account = mirror.account();
        NetworkConnector connector = connectors.get(account.network());
        int before = -1;
        for (int most = mirror.backfill(); ; most = Math.min(2 * most, FURTHEST)) {
            Optional<List<NativeEvent>> told = connector.history(account, most);
            if (told.isEmpty()) {
                return told;
            }
            List<NativeEvent> posts = told.get().stream()
                    .filter(e -> e.kind() == NativeEvent.Kind.POST)
                    .filter(e -> e.author().equals(account))
                    .toList();
            var past = new Past(
                    posts.stream().collect(Collectors.toMap(NativeEvent::object, Function.identity(), (a, _) -> a)));
            if (past.tellsOf(backlog) || posts.size() == before || most >= FURTHEST) {
                read.put(account, past);
                return Optional.of(posts);
            }
            before = posts.size();
        }
    }

    /// The next one; gone since, if it is found nowhere.
    ///
    /// @throws UnavailableException if nobody can tell
    private Optional<NativeEvent> event(NativeId account, Backlog backlog) {
        NativeId post = backlog.posts().get(backlog.done());
        NetworkConnector connector = connectors.get(post.network());
        Past past = read.getOrDefault(account, new Past(Map.of()));
        Optional<NativeEvent> known = Optional.ofNullable(past.posts().get(post));
        if (known.isPresent()) {
            return connector.recall(known.get());
        }
        Optional<NativeEvent> fetched = connector.fetch(post);
        if (fetched.isEmpty() && !past.reaches(backlog, backlog.done())) {
            throw new UnavailableException("nobody tells of " + post, Optional.empty());
        }
        return fetched;
    }
}
