package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.Placements;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells relays that the operator chose who our people are and where they are found: profiles and relay lists, nothing
/// else. What is due survives a restart and is tried until the relay answers.
public final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    private static final Set<Integer> KINDS = Set.of(Kind.PROFILE, Kind.RELAY_LIST);
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final Set<RelayUrl> relays;
    private final EventStore store;
    private final Placements placements;
    private final Publisher publisher;
    private final Timer timer;
    private final Set<RelayUrl> busy = ConcurrentHashMap.newKeySet();

    /// @param relays whom to tell
    public Announcements(
            Collection<RelayUrl> relays, EventStore store, Placements placements, Publisher publisher, Timer timer) {
        this.relays = Set.copyOf(relays);
        this.store = store;
        this.placements = placements;
        this.publisher = publisher;
        this.timer = timer;
    }

    /// Goes on with what was left undone.
    public void start() {
        relays.forEach(this::tellSoon);
    }

    /// Announces what of `events` is for announcing. Durable when this returns; sent later.
    public void announce(Collection<Event> events) {
        List<Event> told = events.stream().filter(e -> KINDS.contains(e.kind())).toList();
        for (RelayUrl relay : told.isEmpty() ? Set.<RelayUrl>of() : relays) {
            told.forEach(event -> placements.due(event, relay));
            tellSoon(relay);
        }
    }

    private void tellSoon(RelayUrl relay) {
        timer.after(Duration.ZERO, () -> begin(relay));
    }

    private void begin(RelayUrl relay) {
        if (busy.add(relay)) {
            tell(relay);
        }
    }

    private void tell(RelayUrl relay) {
        try {
            next(relay);
        } catch (RuntimeException e) {
            LOG.error("relay {}: cannot be told now", relay, e);
            timer.after(AGAIN, () -> tell(relay));
        }
    }

    /// One after the other: somebody may have many people.
    private void next(RelayUrl relay) {
        Optional<EventId> next = placements.due(relay, 1).stream().findFirst();
        if (next.isEmpty()) {
            busy.remove(relay);
            if (!placements.due(relay, 1).isEmpty()) {
                begin(relay);
            }
            return;
        }
        Optional<Event> event = store.find(next.get());
        if (event.isEmpty()) {
            // Replaced or erased since.
            placements.remove(next.get(), relay);
            timer.after(Duration.ZERO, () -> tell(relay));
            return;
        }
        publisher.publish(event.get(), relay).whenComplete((outcome, failure) -> {
            boolean later = failure != null || outcome instanceof DeliveryOutcome.Retry;
            LOG.debug("relay {}: announced {}: {}", relay, next.get(), failure == null ? outcome : failure);
            timer.after(later ? AGAIN : Duration.ZERO, () -> tell(relay));
        });
    }
}
