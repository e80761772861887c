package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.sync.AccountEvent;
import dev.drawbridge.atproto.record.sync.CommitEvent;
import dev.drawbridge.atproto.record.sync.FrameCodec;
import dev.drawbridge.atproto.record.sync.IdentityEvent;
import dev.drawbridge.atproto.record.sync.RepoSyncEvent;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives events their numbers and stores them. Who comes while others are being stored waits, and is stored together
/// with all who came meanwhile.
final class EventWriter {
    private static final int PAGE = 500;

    private final EventLog log;
    private final InstantSource clock;
    private final Publisher publisher;
    private final Consumer<List<StoredEvent>> show;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();

    /// Numbers of which it is not known whether their events were stored, in order.
    private final Deque<Long> uncertain = new ArrayDeque<>();

    /// The number of the last event that was shown.
    private long shown;

    /// Whether others may have published what was not shown here.
    private volatile int terms;
    private boolean behind;

    private volatile boolean publishing;

    /// An event that has no number yet.
    ///
    /// @param key the same for the same event: publishing it again changes nothing
    record Keyed(String key, SyncEvent event) {}

    /// Events of one caller. They are stored in one piece, or the rest of them not at all.
    private static final class Request {
        private final List<Keyed> events;
        private final List<Long> numbers = new ArrayList<>();
        private @Nullable RuntimeException failure;

        Request(List<Keyed> events) {
            this.events = List.copyOf(events);
        }

        boolean done() {
            return failure != null || numbers.size() == events.size();
        }
    }

    /// An event with its number, and whose it is.
    private record Numbered(Request request, EventLog.Entry entry) {}

    /// @param show is told of events in order, once they are stored
    EventWriter(EventLog log, InstantSource clock, Publisher publisher, long shown, Consumer<List<StoredEvent>> show) {
        this.log = log;
        this.clock = clock;
        this.publisher = publisher;
        this.shown = shown;
        this.show = show;
    }

    /// Stores events, and shows them, in their order.
    ///
    /// @return their numbers
    /// @throws NotPublishing if another process publishes
    List<Long> publish(List<Keyed> events) {
        Request request = new Request(events);
        waiting.add(request);
        lock.lock();
        try {
            while (!request.done()) {
                writeWaiting();
            }
        } finally {
            unlock();
        }
        if (request.failure != null) {
            throw request.failure;
        }
        return request.numbers;
    }

    /// How many terms this process has begun to publish.
    int terms() {
        return terms;
    }

    /// Begins to publish unless this process does.
    ///
    /// @throws NotPublishing if another process publishes
    void begin() {
        if (publishing) {
            return;
        }
        lock.lock();
        try {
            ready();
        } finally {
            unlock();
        }
    }

    /// Tells others that this process is there, or shows what they publish.
    void beat() {
        lock.lock();
        try {
            publisher.prolong();
            if (!publisher.holds()) {
                catchUp();
            }
        } finally {
            unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            publisher.end();
        } finally {
            unlock();
        }
    }

    /// How many wait to be stored.
    int waiting() {
        return waiting.size();
    }

    private void unlock() {
        publishing = publisher.holds() && !behind;
        lock.unlock();
    }

    private void writeWaiting() {
        List<Request> batch = new ArrayList<>();
        try {
            ready();
            take(batch);
            write(batch);
        } catch (RuntimeException e) {
            if (batch.isEmpty()) {
                // Nobody can be served now; who comes later tries again.
                for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
                    batch.add(request);
                }
            }
            batch.stream().filter(request -> !request.done()).forEach(request -> request.failure = e);
        }
    }

    private void ready() {
        if (publisher.begin()) {
            behind = true;
            terms++;
        }
        if (behind) {
            uncertain.forEach(seq -> log.fill(seq, clock.instant()));
            uncertain.clear();
            catchUp();
            behind = false;
        }
        settleUncertain();
    }

    /// As many requests as there are numbers for, at least one.
    private void take(List<Request> batch) {
        Request first = waiting.peek();
        if (first == null) {
            return;
        }
        publisher.ensure(first.events.size());
        int room = publisher.room();
        for (Request next = first; next != null && next.events.size() <= room; next = waiting.peek()) {
            waiting.remove();
            batch.add(next);
            room -= next.events.size();
        }
    }

    private void write(List<Request> batch) {
        List<Numbered> rest = new ArrayList<>();
        for (Request request : batch) {
            for (Keyed keyed : request.events) {
                long seq = publisher.number();
                StoredEvent event = new StoredEvent(seq, FrameCodec.encode(numbered(keyed.event, seq)));
                rest.add(new Numbered(request, new EventLog.Entry(event, keyed.key, keyed.event.time())));
            }
        }
        while (!rest.isEmpty()) {
            int stored = insert(rest.stream().map(Numbered::entry).toList());
            rest.subList(0, stored)
                    .forEach(done -> done.request.numbers.add(done.entry.event().seq()));
            if (stored == rest.size()) {
                return;
            }
            Numbered refused = rest.get(stored);
            StoredEvent earlier = log.byKey(refused.entry.key()).orElseThrow(publisher::lost);
            refused.request.numbers.add(earlier.seq());
            rest = rest.subList(stored + 1, rest.size());
        }
    }

    private int insert(List<EventLog.Entry> entries) {
        entries.forEach(entry -> uncertain.add(entry.event().seq()));
        int stored = log.insert(entries);
        uncertain.clear();
        show(entries.subList(0, stored).stream().map(EventLog.Entry::event).toList());
        return stored;
    }

    /// An insert that failed may have arrived all the same, or still be on its way. Nobody may read on before that is
    /// known.
    private void settleUncertain() {
        while (!uncertain.isEmpty()) {
            long seq = uncertain.getFirst();
            if (!log.fill(seq, clock.instant())) {
                log.bySeq(seq).ifPresent(event -> show(List.of(event)));
            }
            uncertain.removeFirst();
        }
    }

    /// Shows what other processes published.
    private void catchUp() {
        for (List<StoredEvent> page = log.after(shown, PAGE); !page.isEmpty(); page = log.after(shown, PAGE)) {
            show(page);
        }
    }

    private void show(List<StoredEvent> events) {
        if (!events.isEmpty()) {
            shown = events.getLast().seq();
            show.accept(events);
        }
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
