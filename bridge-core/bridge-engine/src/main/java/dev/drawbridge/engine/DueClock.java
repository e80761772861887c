package dev.drawbridge.engine;

import dev.drawbridge.model.port.Digests;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;

/// Has done what is due at a time that somebody's wish gives, as events that no network can write. Looking
/// again, and by several instances, does nothing twice: whoever finds it gives it the same name.
public final class DueClock {
    private static final int MOST_LINKS = 100;
    private static final int MOST_DIGESTS = 200;

    private final Function<Instant, Stream<NativeEvent>> due;
    private final Inbox inbox;
    private final InstantSource clock;

    private DueClock(Function<Instant, Stream<NativeEvent>> due, Inbox inbox, InstantSource clock) {
        this.due = due;
        this.inbox = inbox;
        this.clock = clock;
    }

    /// Linked accounts are asked again whether they are one person's (ADR 60).
    public static DueClock ofLinks(Links links, Inbox inbox, InstantSource clock) {
        return new DueClock(
                now -> links.due(now, MOST_LINKS).stream().map(link -> LinkDue.event(link, now)), inbox, clock);
    }

    /// Those are told whose digest is due (ADR 59).
    public static DueClock ofDigests(Digests digests, Inbox inbox, InstantSource clock) {
        return new DueClock(
                now -> digests.due(now, MOST_DIGESTS).stream()
                        .map(wish -> new DigestDue(DigestDue.Step.TELL, last(wish, now)).event(wish.person(), now)),
                inbox,
                clock);
    }

    /// The last time it was due: after a long night there is one digest, not one for each day.
    private static Instant last(Digests.Wish wish, Instant now) {
        Duration period = wish.rhythm().period();
        long missed = Duration.between(wish.due(), now).dividedBy(period);
        return wish.due().plus(period.multipliedBy(missed));
    }

    /// Looks once.
    public void step() {
        due.apply(clock.instant()).forEach(inbox::put);
    }
}
