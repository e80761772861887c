package dev.drawbridge.nostr.http;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.translate.NativeEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Decides about an event somebody sends to our relay. Only what the bridge is asked to carry, or to do, is kept: the
/// consent gate stands before the relay's store too.
final class Reception {
    private final EventStore events;
    private final EventVerifier verifier;
    private final Watchlist watchlist;
    private final EventSink sink;
    private final RelayHub hub;
    private final InstantSource clock;
    private final RelayLimits limits;

    Reception(
            EventStore events,
            EventVerifier verifier,
            Watchlist watchlist,
            EventSink sink,
            RelayHub hub,
            InstantSource clock,
            RelayLimits limits) {
        this.events = events;
        this.verifier = verifier;
        this.watchlist = watchlist;
        this.sink = sink;
        this.hub = hub;
        this.clock = clock;
        this.limits = limits;
    }

    /// The answer to an `EVENT`. A positive one comes after everything is durable.
    RelayMessage.Ok receive(Event event) {
        Instant now = clock.instant();
        Optional<String> refusal =
                verifier.problem(event).map(problem -> "invalid: " + problem).or(() -> untimely(event, now));
        if (refusal.isPresent()) {
            return no(event, refusal.get());
        }
        if (watchlist.ours(Network.NOSTR).contains(NativeEvents.id(event.pubkey()))) {
            return events.find(event.id()).isPresent()
                    ? new RelayMessage.Ok(event.id().hex(), true, "duplicate: already have this event")
                    : no(event, "blocked: only the bridge speaks for this key");
        }
        if (event.isProtected()) {
            return no(event, "auth-required: this relay does not take protected events");
        }
        return switch (sink.accept(NativeEvents.of(event, now))) {
            case Receipt.Accepted _ -> store(event);
            case Receipt.Ignored(String reason) -> no(event, "restricted: " + reason);
            case Receipt.Busy _ -> no(event, "error: could not be stored now, please try again");
        };
    }

    private Optional<String> untimely(Event event, Instant now) {
        if (event.createdAt() > now.getEpochSecond() + limits.futureSeconds()) {
            return Optional.of("invalid: created_at is too far in the future");
        }
        return event.expiredAt(now.getEpochSecond()) ? Optional.of("invalid: the event has expired") : Optional.empty();
    }

    private RelayMessage.Ok store(Event event) {
        if (event.kind() == Kind.VANISH) {
            events.vanish(event.pubkey(), event.createdAt());
        }
        if (Kind.isEphemeral(event.kind())) {
            hub.published(event);
            return yes(event, "");
        }
        return switch (events.save(event)) {
            case STORED -> {
                hub.published(event);
                yield yes(event, "");
            }
            case DUPLICATE -> yes(event, "duplicate: already have this event");
            case SUPERSEDED -> yes(event, "duplicate: a newer one is here");
            case DELETED -> no(event, "blocked: its author deleted it");
        };
    }

    private static RelayMessage.Ok yes(Event event, String message) {
        return new RelayMessage.Ok(event.id().hex(), true, message);
    }

    private static RelayMessage.Ok no(Event event, String message) {
        return new RelayMessage.Ok(event.id().hex(), false, message);
    }
}
