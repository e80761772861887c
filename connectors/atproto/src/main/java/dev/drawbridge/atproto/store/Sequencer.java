package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.store.EventWriter.Keyed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Gives events their numbers and lets them be read. An event is in the log before anybody can read it; a number is
/// never given twice. One process at a time publishes to a log; the others show what it publishes.
public final class Sequencer {
    private static final int RING_EVENTS = 10_000;
    private static final long RING_BYTES = 64L << 20;

    private final EventLog log;
    private final InstantSource clock;
    private final Budget budget;
    private final EventWriter writer;
    private final EventRing ring;
    private final LogPages pages;
    private final ReentrantLock waiting = new ReentrantLock();
    private final Condition published = waiting.newCondition();
    private volatile long latest;
    private volatile Optional<String> trouble = Optional.empty();

    Sequencer(EventLog log, SequenceCounter counter, InstantSource clock) {
        this(log, counter, clock, Holder.ofThisProcess(), Budget.unlimited(clock), OptionalLong::empty);
    }

    /// @param self this process
    /// @param budget what counts the events
    /// @param seenElsewhere the highest number that others have of us, as far as they can be asked
    Sequencer(
            EventLog log,
            SequenceCounter counter,
            InstantSource clock,
            Holder self,
            Budget budget,
            Supplier<OptionalLong> seenElsewhere) {
        this.log = log;
        this.budget = budget;
        this.clock = clock;
        latest = log.newest();
        budget.begin(log::countSince);
        ring = new EventRing(RING_EVENTS, RING_BYTES, latest);
        pages = new LogPages(log, this::latest);
        Publisher publisher = new Publisher(log, counter, clock, self, seenElsewhere);
        writer = new EventWriter(log, clock, publisher, latest, this::show);
    }

    /// Stores an event and shows it to readers.
    ///
    /// @param key the same for the same event: publishing it again changes nothing
    /// @return its number
    /// @throws NotPublishing if another process publishes
    long publish(String key, SyncEvent event) {
        return publish(List.of(new Keyed(key, event))).getFirst();
    }

    /// Stores events in their order and shows them to readers.
    ///
    /// @return their numbers
    /// @throws NotPublishing if another process publishes
    List<Long> publish(List<Keyed> events) {
        return events.isEmpty() ? List.of() : writer.publish(events);
    }

    /// Makes sure that this process may publish.
    ///
    /// @throws NotPublishing if another process does
    public void require() {
        try {
            writer.begin();
            trouble = Optional.empty();
        } catch (NotPublishing e) {
            trouble = Optional.ofNullable(e.getMessage());
            throw e;
        }
    }

    /// Says that this process is there, or takes over from one that is not; to be called several times in
    /// [Publisher#TERM]. Shows what others published.
    ///
    /// @return whether this process publishes
    public boolean beat() {
        writer.beat();
        try {
            require();
            return true;
        } catch (NotPublishing e) {
            return false;
        }
    }

    /// How many terms this process has begun to publish; another process may have published between two of them.
    int terms() {
        return writer.terms();
    }

    /// Lets another process publish at once.
    public void end() {
        writer.end();
    }

    /// Why this process does not publish.
    public Optional<String> trouble() {
        return trouble;
    }

    /// Events behind `seq`, in order; none if there are none yet.
    public List<StoredEvent> read(long seq, int limit) {
        return ring.after(seq, limit).orElseGet(() -> pages.after(seq, limit));
    }

    /// What relays still take.
    public Budget budget() {
        return budget;
    }

    /// How many callers wait until their events are stored.
    int waiting() {
        return writer.waiting();
    }

    /// The number of the newest event; 0 if there never was one.
    public long latest() {
        return latest;
    }

    /// Every event up to this number may be gone.
    public long prunedUpTo() {
        return log.prunedUpTo();
    }

    /// Waits until there is an event behind `seq`, but not longer than `patience`.
    public void await(long seq, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        waiting.lock();
        try {
            while (latest <= seq && nanos > 0) {
                nanos = published.awaitNanos(nanos);
            }
        } finally {
            waiting.unlock();
        }
    }

    /// Wakes everybody who waits.
    public void wake() {
        waiting.lock();
        try {
            published.signalAll();
        } finally {
            waiting.unlock();
        }
    }

    /// Removes events older than `age`.
    public void prune(Duration age) {
        log.prune(clock.instant().minus(age));
        pages.forget();
    }

    private void show(List<StoredEvent> events) {
        events.forEach(ring::add);
        budget.spent(events.size());
        latest = events.getLast().seq();
        wake();
    }
}
