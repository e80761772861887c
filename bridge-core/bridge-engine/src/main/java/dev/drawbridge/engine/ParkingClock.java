package dev.drawbridge.engine;

import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Parking;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives what waits another try, in order: the head of a key goes first, and the rest only after it.
public final class ParkingClock {
    private static final Logger LOG = LoggerFactory.getLogger(ParkingClock.class);
    private static final int KEYS_AT_ONCE = 100;
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
        for (Parking.Queue queue : ports.parking().due(clock.instant(), KEYS_AT_ONCE)) {
            if (underWay.add(queue.key())) {
                executor.execute(() -> drain(queue));
            }
        }
    }

    private void drain(Parking.Queue queue) {
        try {
            Optional<Parking.Parked> head = ports.parking().head(queue.key());
            while (head.isPresent() && settle(head.get(), queue)) {
                head = ports.parking().head(queue.key());
            }
        } catch (RuntimeException e) {
            LOG.warn("{} stays parked: {}", queue.key(), e.toString());
        } finally {
            underWay.remove(queue.key());
        }
    }

    /// @return whether the next one of the key may go
    private boolean settle(Parking.Parked parked, Parking.Queue queue) {
        return switch (attempt.attempt(parked.delivery())) {
            case Attempt.Done _ -> {
                ports.parking().remove(parked.delivery().id());
                yield true;
            }
            case Attempt.Wait(String key, String reason, Optional<Duration> after) -> {
                Duration waited = Duration.between(parked.since(), clock.instant());
                Optional<Duration> wait = retries.next(queue.attempts() + 1, waited);
                if (wait.isEmpty()) {
                    giveUp(parked, reason);
                    yield true;
                }
                Instant next = clock.instant()
                        .plus(after.filter(a -> a.compareTo(wait.get()) > 0).orElse(wait.get()));
                yield key.equals(parked.key()) ? stay(key, reason, next) : move(parked, key, reason, next);
            }
        };
    }

    private boolean stay(String key, String reason, Instant next) {
        ports.parking().postpone(key, reason, next);
        return false;
    }

    private boolean move(Parking.Parked parked, String key, String reason, Instant next) {
        ports.parking().remove(parked.delivery().id());
        ports.parking().park(parked.delivery(), key, parked.subject(), reason, parked.since(), next);
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
        attempt.ended(delivery, Crossings.State.GIVEN_UP, reason);
        LOG.warn("given up: {}: {}", delivery.id(), reason);
    }
}
