package dev.drawbridge.engine;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Parking;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives what waits another try, in order: the head of a key goes first, and the rest only after it.
public final class ParkingClock {
    private static final Logger LOG = LoggerFactory.getLogger(ParkingClock.class);
    private static final int KEYS_AT_ONCE = 256;
    private final Ports ports;
    private final DeliveryAttempt attempt;
    private final RetryPolicy retries;
    private final EngineJson json;
    private final InstantSource clock;
    private final Executor executor;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /// @param executor runs one task per key; a direct one in tests
    public ParkingClock(
            Ports ports,
            DeliveryAttempt attempt,
            RetryPolicy retries,
            EngineJson json,
            InstantSource clock,
            Executor executor) {
        this.ports = ports;
        this.attempt = attempt;
        this.retries = retries;
        this.json = json;
        this.clock = clock;
        this.executor = executor;
    }

    /// Tries every key whose time has come. One key is never tried twice at once, and none holds the others up.
    public void tick() {
        int room = KEYS_AT_ONCE - underWay.size();
        for (Parking.Queue queue :
                room > 0 ? ports.parking().due(clock.instant(), KEYS_AT_ONCE) : List.<Parking.Queue>of()) {
            if (room > 0 && underWay.add(queue.key())) {
                room--;
                executor.execute(() -> drain(queue.key()));
            }
        }
    }

    private void drain(String key) {
        try {
            Optional<Parking.Parked> head = ports.parking().head(key);
            while (head.isPresent() && settle(head.get())) {
                head = ports.parking().head(key);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} stays parked: {}", key, e.toString());
            failed(key, e);
        } finally {
            underWay.remove(key);
        }
    }

    /// What throws waits like everything else, or it would be tried at every tick.
    private void failed(String key, RuntimeException cause) {
        try {
            ports.parking().head(key).ifPresent(head -> {
                Duration waited = Duration.between(head.since(), clock.instant());
                retries.next(head.attempts() + 2, waited)
                        .ifPresentOrElse(
                                wait -> stay(
                                        key, cause.toString(), clock.instant().plus(wait)),
                                () -> giveUp(head, cause.toString()));
            });
        } catch (RuntimeException e) {
            LOG.warn("{} keeps its time: {}", key, e.toString());
        }
    }

    /// @return whether the next one of the key may go
    private boolean settle(Parking.Parked parked) {
        return switch (attempt.attempt(parked.delivery(), Optional.of(parked.key()))) {
            case Attempt.Done _ -> {
                ports.parking().remove(parked.delivery().id());
                yield true;
            }
            case Attempt.Wait(String key, String reason, Optional<Duration> after) -> {
                Duration waited = Duration.between(parked.since(), clock.instant());
                // The attempt before the first postponement is not among those that are counted.
                Optional<Duration> wait = retries.next(parked.attempts() + 2, waited);
                if (wait.isEmpty()) {
                    giveUp(parked, reason);
                    yield !key.equals(parked.key()) || restOf(key, parked.attempts() + 2, reason);
                }
                Instant next = clock.instant()
                        .plus(after.filter(a -> a.compareTo(wait.get()) > 0).orElse(wait.get()));
                yield key.equals(parked.key()) ? stay(key, reason, next) : move(parked, key, reason, next);
            }
        };
    }

    /// The place was just found to take nothing: whatever is out of time goes unasked, the rest waits on.
    ///
    /// @return false
    private boolean restOf(String key, int attempts, String reason) {
        Optional<Parking.Parked> head = ports.parking().head(key);
        while (head.isPresent()
                && retries.next(1, Duration.between(head.get().since(), clock.instant()))
                        .isEmpty()) {
            giveUp(head.get(), reason);
            head = ports.parking().head(key);
        }
        retries.next(attempts, Duration.ZERO)
                .ifPresent(wait -> stay(key, reason, clock.instant().plus(wait)));
        return false;
    }

    private boolean stay(String key, String reason, Instant next) {
        ports.parking().postpone(key, reason, next);
        return false;
    }

    private boolean move(Parking.Parked parked, String key, String reason, Instant next) {
        ports.parking().move(parked, key, reason, next);
        return true;
    }

    private void giveUp(Parking.Parked parked, String reason) {
        var delivery = parked.delivery();
        ports.deadLetters()
                .put(new DeadLetters.DeadLetter(
                        delivery.id(),
                        DeadLetters.Stage.DELIVER,
                        delivery.destination().key(),
                        reason,
                        json.writeText(delivery),
                        clock.instant()));
        ports.parking().remove(delivery.id());
        attempt.note(delivery, Crossings.State.GIVEN_UP, reason);
        LOG.warn("given up: {}: {}", delivery.id(), reason);
    }
}
