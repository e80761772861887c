package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.activitypub.translate.ActivityPubTranslator;
import dev.drawbridge.activitypub.wire.Lookup.Found;
import dev.drawbridge.activitypub.wire.Lookup.Unavailable;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Receipt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what people who opted in published while nobody was here to take it. Some servers stop trying after four
/// minutes (GoToSocial) or eight (Fedify); what they wanted to tell us is still in their outboxes.
///
/// A mark in the store says when we were last here. Whenever the next one is late, by a restart or because the machine
/// stood still, the outboxes are read from there. What arrives twice has the same id and is one.
public final class CatchUp {
    /// The shortest absence that makes others give up.
    static final Duration ABSENT = Duration.ofMinutes(3);

    static final Duration BETWEEN_MARKS = Duration.ofSeconds(30);
    static final String MARK = "activitypub:here";
    /// From when to read, as long as not everybody was asked.
    static final String OPEN = "activitypub:catch-up";

    /// Who was away longer has missed more than can be read.
    private static final Duration LONGEST = Duration.ofDays(14);

    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);
    private static final List<Duration> ROUNDS =
            List.of(Duration.ZERO, Duration.ofMinutes(2), Duration.ofMinutes(15), Duration.ofHours(1));
    private static final int HOSTS_AT_ONCE = 8;
    private static final int BUSY_ATTEMPTS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private final RemoteOutbox outboxes;
    private final Cursors cursors;
    private final Watchlist watchlist;
    private final DeniedDomains denied;
    private final InstantSource clock;
    private final Pause pause;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean reading = new AtomicBoolean();
    /// Named anew by each start, so that a thread of the one before knows that it is over.
    private final AtomicLong run = new AtomicLong();

    private volatile boolean running;
    /// Whether there was another absence after the reading began.
    private volatile boolean again;

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    CatchUp(
            RemoteOutbox outboxes,
            Cursors cursors,
            Watchlist watchlist,
            DeniedDomains denied,
            InstantSource clock,
            Pause pause) {
        this.outboxes = outboxes;
        this.cursors = cursors;
        this.watchlist = watchlist;
        this.denied = denied;
        this.clock = clock;
        this.pause = pause;
        // Whoever opts in now must not be read back to before they did.
        watchlist.onChange(Network.ACTIVITYPUB, () -> {
            if (running) {
                mark();
            }
        });
    }

    public static CatchUp of(
            ConnectorContext context,
            RemoteActors actors,
            RemoteDocuments documents,
            QuoteConfirmation quotes,
            MentionPages mentions,
            ActivityPubTranslator translator,
            DeniedDomains denied) {
        Pause pause = Thread::sleep;
        InstantSource clock = context.clock();
        var outboxes = new RemoteOutbox(
                actors, documents, quotes, mentions, translator, clock, () -> patiently(pause, BETWEEN_REQUESTS));
        return new CatchUp(outboxes, context.cursors(), context.watchlist(), denied, clock, pause);
    }

    /// What a person's outbox holds, newest first; empty if their server does not answer now.
    public Optional<List<NativeEvent>> history(NativeId person) {
        if (denied.contain(person.value())) {
            return Optional.of(List.of());
        }
        return switch (outboxes.since(person.value(), Instant.EPOCH)) {
            case Found<List<NativeEvent>>(List<NativeEvent> events) -> Optional.of(events.reversed());
            case Unavailable<List<NativeEvent>> _ -> Optional.empty();
            case Lookup<List<NativeEvent>> failed -> {
                LOG.info("outbox of {} not read: {}", person, failed.reason());
                yield Optional.of(List.of());
            }
        };
    }

    /// Begins to leave marks, and to read whatever was missed, on a thread of its own.
    public void start(EventSink sink) {
        running = true;
        long mine = run.incrementAndGet();
        thread("activitypub-here", () -> {
            while (run.get() == mine) {
                guarded(() -> watch(sink));
                patiently(pause, BETWEEN_MARKS);
            }
        });
    }

    public void stop() {
        if (running) {
            guarded(this::mark);
        }
        running = false;
        run.incrementAndGet();
        threads.forEach(Thread::interrupt);
    }

    private void thread(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    private void watch(EventSink sink) {
        begin();
        if (cursors.get(OPEN).isPresent() && reading.compareAndSet(false, true)) {
            thread("activitypub-catch-up", () -> {
                try {
                    guarded(() -> read(sink));
                } finally {
                    reading.set(false);
                }
            });
        }
    }

    /// Leaves a mark, and notes from when to read if the one before is too old.
    void begin() {
        Optional<Instant> last = instant(MARK);
        boolean absent = last.filter(l -> Duration.between(l, clock.instant()).compareTo(ABSENT) > 0)
                .isPresent();
        if (absent) {
            again = true;
            LOG.info("absent since {}: reading what people who opted in published meanwhile", last.get());
            if (instant(OPEN).isEmpty()) {
                cursors.put(OPEN, last.get().toString());
            }
        }
        mark();
    }

    private void mark() {
        cursors.put(MARK, clock.instant().toString());
    }

    private Optional<Instant> instant(String stream) {
        try {
            return cursors.get(stream).map(Instant::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Asks the servers of everybody who opted in, each server in its own time, and again later those that do not
    /// answer. What is not finished when the instance stops begins anew with the next start.
    void read(EventSink sink) {
        do {
            again = false;
            Instant oldest = clock.instant().minus(LONGEST);
            Instant since = instant(OPEN).filter(oldest::isBefore).orElse(oldest);
            Map<String, List<NativeId>> left = byHost();
            for (Duration wait : ROUNDS) {
                if (!left.isEmpty() && patiently(pause, wait)) {
                    left = round(left, since, sink);
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            left.forEach((host, people) -> LOG.warn("{} people of {} not caught up: no answer", people.size(), host));
        } while (again);
        cursors.remove(OPEN);
    }

    private Map<String, List<NativeId>> byHost() {
        Map<String, List<NativeId>> hosts = new TreeMap<>();
        for (NativeId person : List.copyOf(watchlist.people(Network.ACTIVITYPUB))) {
            if (denied.contain(person.value())) {
                continue;
            }
            Uris.authority(person.value())
                    .ifPresent(h ->
                            hosts.computeIfAbsent(h, _ -> new ArrayList<>()).add(person));
        }
        return hosts;
    }

    /// @return whom to ask again
    private Map<String, List<NativeId>> round(Map<String, List<NativeId>> hosts, Instant since, EventSink sink) {
        var left = new ConcurrentSkipListMap<String, List<NativeId>>();
        var slots = new Semaphore(HOSTS_AT_ONCE);
        var asking = new ArrayList<Thread>();
        hosts.forEach((host, people) -> {
            slots.acquireUninterruptibly();
            Thread thread = Thread.ofVirtual().name("catch-up-" + host).unstarted(() -> {
                try {
                    List<NativeId> again = host(people, since, sink);
                    if (!again.isEmpty()) {
                        left.put(host, again);
                    }
                } catch (RuntimeException e) {
                    LOG.warn("catching up with {} failed: {}", host, e.toString());
                    left.put(host, people);
                } finally {
                    slots.release();
                }
            });
            asking.add(thread);
            thread.start();
        });
        asking.forEach(CatchUp::join);
        return left;
    }

    private List<NativeId> host(List<NativeId> people, Instant since, EventSink sink) {
        for (int i = 0; i < people.size(); i++) {
            if (!person(people.get(i), since, sink)) {
                return people.subList(i, people.size());
            }
        }
        return List.of();
    }

    /// @return whether this person is done with
    private boolean person(NativeId person, Instant since, EventSink sink) {
        return switch (outboxes.since(person.value(), since)) {
            case Found<List<NativeEvent>>(List<NativeEvent> events) ->
                events.stream().allMatch(event -> hand(event, sink));
            case Unavailable<List<NativeEvent>>(String reason) -> {
                LOG.info("outbox of {} not read yet: {}", person, reason);
                yield false;
            }
            case Lookup<List<NativeEvent>> failed -> {
                LOG.info("outbox of {} not read: {}", person, failed.reason());
                yield true;
            }
        };
    }

    private boolean hand(NativeEvent event, EventSink sink) {
        for (int attempt = 0; attempt < BUSY_ATTEMPTS; attempt++) {
            // They may have left while we were reading.
            if (!watchlist.people(Network.ACTIVITYPUB).contains(event.author())
                    || !(sink.accept(event) instanceof Receipt.Busy(Duration after))) {
                return true;
            }
            if (!patiently(pause, after)) {
                return false;
            }
        }
        return false;
    }

    /// @return false if it was interrupted
    private static boolean patiently(Pause pause, Duration time) {
        try {
            pause.of(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("catching up: {}", e.toString());
        }
    }
}
