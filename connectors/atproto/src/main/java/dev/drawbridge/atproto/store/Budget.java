package dev.drawbridge.atproto.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToLongFunction;

/// How many more events relays take of us now. Whatever is published is counted; what is over the limit is not refused
/// here but by them: they stop reading until their hour or day is over.
///
/// Commits use nine tenths, because relays begin their hours at other moments, and what is said about accounts cannot
/// wait.
public final class Budget {
    private static final double SHARE = 0.9;

    private final RelayLimits limits;
    private final InstantSource clock;
    private final Window second = new Window(Duration.ofSeconds(1), 1);
    private final Window hour = new Window(Duration.ofHours(1), 12);
    private final Window day = new Window(Duration.ofDays(1), 24);
    private long accounts;

    Budget(RelayLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /// One that is never used up.
    static Budget unlimited(InstantSource clock) {
        return new Budget(RelayLimits.NONE, clock);
    }

    /// What was used and what there is, of one hour or one day.
    public record Use(long events, long limit) {
        /// In hundredths of the limit.
        public long percent() {
            return limit == 0 ? 100 : Math.min(100, events * 100 / limit);
        }
    }

    public RelayLimits limits() {
        return limits;
    }

    public boolean limited() {
        return !limits.equals(RelayLimits.NONE);
    }

    /// Takes up what was published before this process began.
    ///
    /// @param since how many events there are from a moment on
    synchronized void begin(ToLongFunction<Instant> since) {
        if (limited()) {
            Instant now = clock.instant();
            hour.begin(now, since);
            day.begin(now, since);
        }
    }

    /// How many accounts there are: limits grow with them.
    public synchronized void accounts(long now) {
        accounts = now;
    }

    /// Whether one more commit may be published now.
    public synchronized boolean allows() {
        Instant now = clock.instant();
        return fits(second.sum(now), limits.second(accounts))
                && fits(hour.sum(now), limits.hour(accounts))
                && fits(day.sum(now), limits.day(accounts));
    }

    /// Events were published.
    synchronized void spent(int events) {
        Instant now = clock.instant();
        List.of(second, hour, day).forEach(window -> window.add(now, events));
    }

    public synchronized Use lastHour() {
        return new Use(hour.sum(clock.instant()), limits.hour(accounts));
    }

    public synchronized Use lastDay() {
        return new Use(day.sum(clock.instant()), limits.day(accounts));
    }

    private static boolean fits(long used, long limit) {
        return used < Math.max(1, (long) (limit * SHARE));
    }

    /// A sum over the time that has just gone by, in steps: a step counts until all of it is over.
    private static final class Window {
        private final long step;
        private final long[] counts;
        private final long[] when;

        Window(Duration length, int steps) {
            step = length.toMillis() / steps;
            counts = new long[steps + 1];
            when = new long[steps + 1];
        }

        void begin(Instant now, ToLongFunction<Instant> since) {
            long last = index(now);
            long later = 0;
            for (long i = last; i > last - counts.length; i--) {
                long all = since.applyAsLong(Instant.ofEpochMilli(i * step));
                at(i);
                counts[place(i)] = Math.max(0, all - later);
                later = all;
            }
        }

        void add(Instant now, int events) {
            counts[at(index(now))] += events;
        }

        long sum(Instant now) {
            long last = index(now);
            long sum = 0;
            for (int i = 0; i < counts.length; i++) {
                if (when[i] > last - counts.length && when[i] <= last) {
                    sum += counts[i];
                }
            }
            return sum;
        }

        private int at(long index) {
            int place = place(index);
            if (when[place] != index) {
                when[place] = index;
                counts[place] = 0;
            }
            return place;
        }

        private int place(long index) {
            return (int) Math.floorMod(index, (long) counts.length);
        }

        private long index(Instant now) {
            return Math.floorDiv(now.toEpochMilli(), step);
        }
    }
}
