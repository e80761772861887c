package dev.drawbridge.engine;

import dev.drawbridge.model.port.Links;
import java.time.Instant;
import java.time.InstantSource;

/// Has linked accounts asked again whether they are one person's (ADR 60). Doing it again, and by several instances,
/// changes nothing.
public final class LinkClock {
    private static final int AT_ONCE = 100;

    private final Links links;
    private final Inbox inbox;
    private final InstantSource clock;

    public LinkClock(Links links, Inbox inbox, InstantSource clock) {
        this.links = links;
        this.inbox = inbox;
        this.clock = clock;
    }

    /// Looks once.
    public void step() {
        Instant now = clock.instant();
        links.due(now, AT_ONCE).forEach(link -> inbox.put(LinkDue.event(link, now)));
    }
}
