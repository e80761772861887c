package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Notices;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/// Which follows, unfollows and blocks of bots counted already, where servers send them to us: they try again for days,
/// and not always in order. Digests only, and nothing is looked for that is older than two days: some servers call
/// every follow of somebody the same.
final class Signals {
    /// Longer than the day after, when it is asked for last.
    private static final Duration REMEMBERED = Duration.ofDays(3);

    private final Notices notices;

    Signals(Notices notices) {
        this.notices = notices;
    }

    /// Whether this counted before, or what it began was ended already. From now on it counts as seen.
    boolean isSpent(NativeId signal, NativeEvent event) {
        return !counts(signal, event.receivedAt(), event.receivedAt().toString());
    }

    /// A follow that was ended, whether it came yet or not.
    void spend(NativeId signal, NativeEvent event) {
        counts(signal, event.receivedAt(), "ended by " + event.id().key());
    }

    private boolean counts(NativeId signal, Instant at, String cause) {
        long day = at.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        boolean before = notices.written(name(signal, day - 1));
        return !before && notices.first(name(signal, day), cause, at.plus(REMEMBERED));
    }

    private static String name(NativeId signal, long day) {
        return "signal " + signal.key() + " " + day;
    }
}
