package dev.drawbridge.activitypub.inbox;

import dev.drawbridge.activitypub.store.PendingRequest;
import dev.drawbridge.activitypub.store.PendingRequest.Waiting;
import dev.drawbridge.activitypub.store.PendingRequests;
import dev.drawbridge.model.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verifies in the background what could not be verified while its sender waited. A request is stored before its
/// sender hears 202, and goes only when it was judged; a restart loses none.
public final class Verification {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
    private static final Duration PULSE = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    /// How long an attempt may take before another instance makes it.
    private static final Duration ATTEMPT = Duration.ofMinutes(5);
    private static final Duration BETWEEN_ADOPTIONS = Duration.ofMinutes(1);
    private static final int ADOPTED_AT_ONCE = 20_000;
    private static final Duration EVER = Duration.ofDays(3_650);
    private static final int AT_ONCE = 64;

    private final PendingRequests store;
    private final Supplier<Background> threads;
    private final InstantSource clock;
    private final Function<PendingRequest, Step> judge;
    private final Lanes lanes;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile Optional<Background> running = Optional.empty();
    private volatile Instant adopted = Instant.EPOCH;

    /// What one attempt came to.
    public sealed interface Step {
        record Done() implements Step {}

        /// @param after empty for a growing pause
        record Later(Optional<Duration> after) implements Step {}
    }

    Verification(
            PendingRequests store,
            Supplier<Background> threads,
            InstantSource clock,
            Function<PendingRequest, Step> judge,
            Lanes.Bounds bounds) {
        this.store = store;
        this.threads = threads;
        this.clock = clock;
        this.judge = judge;
        this.lanes = new Lanes(bounds);
    }

    /// Takes up what was left and keeps going.
    void start() {
        Background background = threads.get();
        running = Optional.of(background);
        // Whatever another run was doing, it does no more.
        adopt(store.dueBefore(clock.instant().plus(EVER), ADOPTED_AT_ONCE).stream()
                .map(w -> w.at(clock.instant()))
                .toList());
        background.every(PULSE, this::pulse);
    }

    void stop() {
        running.ifPresent(Background::stop);
        running = Optional.empty();
    }

    /// Whether something of this lane waits, so that what follows has to wait too.
    boolean waits(String lane) {
        return lanes.waits(lane);
    }

    /// Stores a request and has it verified soon.
    ///
    /// @return false if there is no room for it now; nothing was stored
    boolean take(PendingRequest request) {
        // The first attempt is ours: another instance may try when it should be over.
        var leased = new PendingRequest(
                request.id(),
                request.lane(),
                request.host(),
                request.claim(),
                request.body(),
                request.followers(),
                request.arrivedAt(),
                1,
                clock.instant().plus(ATTEMPT));
        Waiting waiting = leased.waiting().at(clock.instant());
        if (!lanes.reserve(waiting)) {
            return false;
        }
        try {
            store.add(leased);
        } catch (RuntimeException e) {
            lanes.release(waiting);
            throw e;
        }
        lanes.enter(waiting);
        submit(waiting.lane());
        return true;
    }

    private void pulse() {
        try {
            if (!clock.instant().isBefore(adopted.plus(BETWEEN_ADOPTIONS))) {
                adopt(store.dueBefore(clock.instant(), ADOPTED_AT_ONCE));
            }
            lanes.ready(clock.instant()).forEach(this::submit);
        } catch (RuntimeException e) {
            LOG.warn("inbox: could not look for what waits to be verified", e);
        }
    }

    private void adopt(List<Waiting> left) {
        adopted = clock.instant();
        left.stream().sorted(Comparator.comparing(Waiting::arrivedAt)).forEach(lanes::adopt);
        lanes.ready(clock.instant()).forEach(this::submit);
    }

    private void submit(String lane) {
        running.ifPresent(b -> b.submit(() -> work(lane)));
    }

    private void work(String lane) {
        places.acquireUninterruptibly();
        try {
            var first = begin(lane);
            while (first.isPresent()) {
                step(first.get());
                first = begin(lane);
            }
        } finally {
            places.release();
        }
    }

    private Optional<Waiting> begin(String lane) {
        return running.flatMap(_ -> lanes.begin(lane, clock.instant()));
    }

    private void step(Waiting first) {
        Waiting tried = first;
        Optional<Instant> again;
        try {
            tried = claimed(first);
            again = tried.next().isAfter(clock.instant()) ? Optional.of(tried.next()) : attempt(tried);
        } catch (StoreUnavailableException e) {
            LOG.warn("inbox: what {} signed waits for the store: {}", first.host(), e.toString());
            again = Optional.of(clock.instant().plus(pause(first.attempts())));
        } catch (RuntimeException e) {
            LOG.warn("inbox: could not verify what {} signed", first.host(), e);
            again = unlessTooOld(first);
        }
        if (again.isEmpty()) {
            lanes.done(first);
        } else {
            lanes.later(tried.at(again.get()));
        }
    }

    /// What fails for a day whatever is done is given up: it would take the place of something else for ever.
    private Optional<Instant> unlessTooOld(Waiting first) {
        Instant again = clock.instant().plus(pause(first.attempts()));
        if (again.isBefore(first.arrivedAt().plus(LONGEST))) {
            return Optional.of(again);
        }
        try {
            store.remove(first.id());
        } catch (StoreUnavailableException e) {
            return Optional.of(again);
        }
        LOG.error("inbox: gave up what {} signed: it could not be verified for {}", first.host(), LONGEST);
        return Optional.empty();
    }

    /// The first attempt belongs to who stored it; later ones to who is first.
    private Waiting claimed(Waiting first) {
        boolean fresh = first.attempts() == 1 && first.next().equals(first.arrivedAt());
        if (fresh || store.claim(first.id(), first.attempts(), clock.instant().plus(ATTEMPT))) {
            return fresh ? first : first.tried(clock.instant());
        }
        return store.find(first.id()).map(PendingRequest::waiting).orElse(first);
    }

    /// @return when to try again; empty if there is nothing left to do
    private Optional<Instant> attempt(Waiting tried) {
        var request = store.find(tried.id());
        if (request.isEmpty()) {
            return Optional.empty();
        }
        return switch (judge.apply(request.get())) {
            case Step.Done _ -> {
                store.remove(tried.id());
                yield Optional.empty();
            }
            case Step.Later(Optional<Duration> after) -> {
                Instant again = clock.instant().plus(after.orElseGet(() -> pause(tried.attempts())));
                store.postpone(tried.id(), again);
                yield Optional.of(again);
            }
        };
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
