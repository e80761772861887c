package dev.drawbridge.engine;

import dev.drawbridge.model.port.Digests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Has those told whose digest is due. Doing it again, and by several instances, tells nobody twice.
public final class DigestClock {
    private static final int AT_ONCE = 200;

    private final Digests digests;
    private final Inbox inbox;
    private final InstantSource clock;

    public DigestClock(Digests digests, Inbox inbox, InstantSource clock) {
        this.digests = digests;
        this.inbox = inbox;
        this.clock = clock;
    }

    /// Looks once.
    public void step() {
        Instant now = clock.instant();
        digests.due(now, AT_ONCE)
                .forEach(wish ->
                        inbox.put(new DigestDue(DigestDue.Step.TELL, last(wish, now)).event(wish.person(), now)));
    }

    /// The last time it was due: after a long night there is one digest, not one for each day.
    private static Instant last(Digests.Wish wish, Instant now) {
        Duration period = wish.rhythm().period();
        long missed = Duration.between(wish.due(), now).dividedBy(period);
        return wish.due().plus(period.multipliedBy(missed));
    }
}
