package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Gives events their numbers and lets them be read. An event is in the log before anybody can read it; a number is
/// never given twice. One sequencer writes to a log at a time.
public final class Sequencer {
    private static final int LEASE = 1000;
    private static final int RING_EVENTS = 10_000;
    private static final long RING_BYTES = 64L << 20;

    private final EventLog log;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private final EventRing ring;
    private long next = 1;
    private long leaseEnd;
    private volatile long latest;

    /// A number of which it is not known whether its event was stored; 0 for none.
    private long uncertain;

    Sequencer(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
        latest = log.highest();
        ring = new EventRing(RING_EVENTS, RING_BYTES, latest);
    }

    /// Stores an event and shows it to readers.
    ///
    /// @param key the same for the same event: publishing it again changes nothing
    /// @return its number
    long publish(String key, SyncEvent event) {
        lock.lock();
        try {
            settleUncertain();
            long seq = number();
            StoredEvent stored = new StoredEvent(seq, FrameCodec.encode(numbered(event, seq)));
            uncertain = seq;
            boolean fresh = log.insert(stored, key, event.time());
            uncertain = 0;
            if (!fresh) {
                return log.byKey(key)
                        .orElseThrow(() -> new IllegalStateException("event number " + seq + " was given twice"))
                        .seq();
            }
            show(stored);
            return seq;
        } finally {
            lock.unlock();
        }
    }

    /// Events behind `seq`, in order; none if there are none yet.
    public List<StoredEvent> read(long seq, int limit) {
        lock.lock();
        try {
            var recent = ring.after(seq, limit);
            if (recent.isPresent()) {
                return recent.get();
            }
        } finally {
            lock.unlock();
        }
        return log.after(seq, limit);
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
        lock.lock();
        try {
            while (latest <= seq && nanos > 0) {
                nanos = published.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Wakes everybody who waits.
    public void wake() {
        lock.lock();
        try {
            published.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Removes events older than `age`.
    public void prune(Duration age) {
        log.prune(clock.instant().minus(age));
    }

    private void show(StoredEvent event) {
        ring.add(event);
        latest = event.seq();
        published.signalAll();
    }

    private long number() {
        if (next > leaseEnd) {
            next = log.reserve(LEASE);
            leaseEnd = next + LEASE - 1;
        }
        return next++;
    }

    /// An insert that failed may have arrived all the same, or still be on its way. Nobody may read on before that is
    /// known.
    private void settleUncertain() {
        if (uncertain == 0) {
            return;
        }
        if (!log.fill(uncertain, clock.instant())) {
            log.bySeq(uncertain).ifPresent(this::show);
        }
        uncertain = 0;
    }

    private static SyncEvent numbered(SyncEvent event, long seq) {
        return switch (event) {
            case CommitEvent e ->
                new CommitEvent(
                        seq, e.did(), e.time(), e.rev(), e.since(), e.commit(), e.prevData(), e.ops(), e.blocks());
            case RepoSyncEvent e -> new RepoSyncEvent(seq, e.did(), e.time(), e.rev(), e.blocks());
            case IdentityEvent e -> new IdentityEvent(seq, e.did(), e.time(), e.handle());
            case AccountEvent e -> new AccountEvent(seq, e.did(), e.time(), e.active(), e.status());
        };
    }
}
