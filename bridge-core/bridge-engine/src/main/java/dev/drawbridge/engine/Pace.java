package dev.drawbridge.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Lets each author say so much in an hour, at once or spread over it; what is more has to wait for its turn, in order.
/// In memory, for each instance alone: after a start everybody begins anew.
///
/// Spec: the generic cell rate algorithm of ITU-T I.371
public final class Pace {
    /// Whoever is further behind than this is not waited for.
    static final Duration FURTHEST = Duration.ofDays(1);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int AUTHORS = 50_000;

    private final int perHour;
    private final InstantSource clock;
    private final Cache<NativeId, Turns> authors;

    /// @param perHour 0 for any number
    public Pace(int perHour, InstantSource clock) {
        this.perHour = perHour;
        this.clock = clock;
        this.authors = Caffeine.newBuilder()
                .maximumSize(AUTHORS)
                .expireAfterAccess(FURTHEST.plus(HOUR))
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// One that never waits.
    static Pace unlimited() {
        return new Pace(0, InstantSource.fixed(Instant.EPOCH));
    }

    /// One author's turns.
    private final class Turns {
        private final Map<NativeId, Instant> given = new HashMap<>();
        private Instant next = Instant.EPOCH;

        synchronized Instant of(NativeId activity, Instant now) {
            Instant before = given.get(activity);
            if (before != null) {
                return before;
            }
            given.values().removeIf(turn -> turn.plus(HOUR).isBefore(now));
            Duration each = HOUR.dividedBy(perHour);
            Instant due = later(now, next.minus(HOUR).plus(each));
            if (due.isAfter(now.plus(FURTHEST))) {
                return due;
            }
            next = later(now, next).plus(each);
            given.put(activity, due);
            return due;
        }

        synchronized Optional<Instant> given(NativeId activity) {
            return Optional.ofNullable(given.get(activity));
        }

        synchronized boolean behind(Instant now) {
            return next.minus(HOUR).isAfter(now);
        }

        private static Instant later(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }
    }

    /// Whether something is counted: what people say anew. What changes it or takes it back is not.
    static boolean counts(Activity activity) {
        return switch (activity) {
            case Activity.Publish _, Activity.Repost _, Activity.React _, Activity.Vote _ -> true;
            default -> false;
        };
    }

    /// When an activity may go: the same each time it is asked for. What takes something back may go at once.
    Instant turn(Activity activity, NativeId author) {
        return turn(activity, author, clock.instant());
    }

    private Instant turn(Activity activity, NativeId author, Instant now) {
        return perHour == 0 || !counts(activity)
                ? now
                : authors.get(author, _ -> new Turns()).of(activity.id(), now);
    }

    /// How long an activity has to wait yet that was given a turn before; empty if it may go. It is not counted again.
    private Optional<Duration> rest(Activity activity, NativeId author) {
        Instant now = clock.instant();
        return Optional.ofNullable(authors.getIfPresent(author))
                .flatMap(turns -> turns.given(activity.id()))
                .filter(t -> t.isAfter(now))
                .map(t -> Duration.between(now, t));
    }

    /// How long an activity has to wait yet; empty if it may go.
    Optional<Duration> pause(Activity activity, NativeId author) {
        // One look at the clock: what may go now must not seem to be a moment ahead.
        Instant now = clock.instant();
        Instant turn = turn(activity, author, now);
        return turn.isAfter(now) ? Optional.of(Duration.between(now, turn)) : Optional.empty();
    }

    /// How long a delivery has to wait yet. What waited for something else has been counted, and is not again.
    ///
    /// @param waited the key it waited behind; empty if it is tried for the first time
    Optional<Duration> pause(Delivery delivery, Optional<String> waited) {
        NativeId author = delivery.origin();
        String turn = ParkingKeys.pace(author, delivery.target());
        // On the way to the followers everything waits for the clock: that it is tried there is its first time.
        boolean first =
                delivery.destination().isFollowers() && waited.equals(Optional.of(ParkingKeys.destination(delivery)));
        return !first && waited.filter(key -> !key.equals(turn)).isPresent()
                ? rest(delivery.activity(), author)
                : pause(delivery.activity(), author);
    }

    /// Whether it is so far off that it is not waited for.
    boolean hopeless(Activity activity, NativeId author) {
        Instant now = clock.instant();
        return turn(activity, author, now).isAfter(now.plus(FURTHEST));
    }

    /// Whether what somebody says now has to wait.
    boolean behind(NativeId author) {
        Turns turns = authors.getIfPresent(author);
        return perHour > 0 && turns != null && turns.behind(clock.instant());
    }

    /// How much of one author is let through in an hour.
    int perHour() {
        return perHour;
    }
}
