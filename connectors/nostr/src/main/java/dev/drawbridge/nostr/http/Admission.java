package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.wire.Intake;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides about events that clients publish to our relay: who may write here, and when an event counts as taken.
/// The engine has it before the store does, and the store before the client hears `OK`: a client that tries again after
/// any failure loses nothing. Only people of the bridge are stored.
public final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private static final String RESTRICTED = "restricted: only who opted in writes here; follow a bot of this bridge";

    /// What the client is told.
    ///
    /// @param message starts with one of the words of NIP-01 if it is not empty
    /// @param stranger whether it was by somebody who did not opt in
    record Answer(boolean accepted, String message, boolean stranger) {}

    private final EventVerifier verifier;
    private final EventStore store;
    private final Intake intake;
    private final RelayHub hub;
    private final RelayUrl ownRelay;
    private final InstantSource clock;
    private final RelayLimits limits;

    public Admission(
            EventVerifier verifier,
            EventStore store,
            Intake intake,
            RelayHub hub,
            RelayUrl ownRelay,
            InstantSource clock) {
        this.verifier = verifier;
        this.store = store;
        this.intake = intake;
        this.hub = hub;
        this.ownRelay = ownRelay;
        this.clock = clock;
        this.limits = RelayLimits.DEFAULT;
    }

    /// Takes an event or says why not. Only after this is it durable.
    Answer admit(Event event) {
        Optional<String> problem = verifier.problem(event);
        if (problem.isPresent()) {
            LOG.info("event {} refused: {}", event.id(), problem.get());
            return no("invalid: " + problem.get());
        }
        Optional<String> unfit = unfit(event);
        if (unfit.isPresent()) {
            return no(unfit.get());
        }
        boolean known = intake.watches(event.pubkey()) || intake.isOurs(event.pubkey());
        if (store.find(event.id()).isPresent()) {
            return new Answer(true, "duplicate: it is here already", !known);
        }
        if (Kind.isEphemeral(event.kind())) {
            return known || !intake.oursIn(event).isEmpty() ? passOn(event, known) : no(RESTRICTED);
        }
        if (Kind.isPrivateMessage(event.kind())) {
            return hearOut(event);
        }
        return known || takesBackWhatIsHere(event) ? keep(event, known) : hearOut(event);
    }

    private Optional<String> unfit(Event event) {
        Instant now = clock.instant();
        if (event.isProtected()) {
            return Optional.of("restricted: protected events (NIP-70) need NIP-42, which this relay does not speak");
        }
        if (event.createdAt() > now.plus(limits.future()).getEpochSecond()) {
            return Optional.of("invalid: created_at is too far in the future");
        }
        if (event.expiredAt(now.getEpochSecond())) {
            return Optional.of("invalid: it has expired");
        }
        if (event.content().length() > limits.content()) {
            return Optional.of("invalid: content is longer than " + limits.content());
        }
        return event.tags().size() > limits.tags()
                ? Optional.of("invalid: more than " + limits.tags() + " tags")
                : Optional.empty();
    }

    /// Also who left the bridge may take back what they said here before.
    private boolean takesBackWhatIsHere(Event event) {
        return (event.kind() == Kind.DELETION || event.kind() == Kind.VANISH) && store.holdsAnythingBy(event.pubkey());
    }

    /// Of who did not opt in nothing is stored here. What the bridge has to act on, a follow of one of its people for
    /// example, it takes; they are told that the rest stays where it is.
    private Answer hearOut(Event event) {
        return switch (intake.take(event)) {
            case Receipt.Accepted _ -> new Answer(true, "", true);
            case Receipt.Ignored(String reason) -> no(RESTRICTED + ": " + reason);
            case Receipt.Busy(Duration after) -> busy(after);
        };
    }

    private static Answer busy(Duration after) {
        return no("error: come back in " + after.toSeconds() + " seconds");
    }

    private Answer passOn(Event event, boolean known) {
        hub.published(event);
        return new Answer(true, "", !known);
    }

    private Answer keep(Event event, boolean known) {
        if (intake.take(event) instanceof Receipt.Busy(Duration after)) {
            return busy(after);
        }
        EventStore.Saved saved = store.save(event);
        if (saved == EventStore.Saved.STORED && vanishesHere(event)) {
            store.vanish(event.pubkey(), event.createdAt());
        }
        return switch (saved) {
            case STORED -> {
                hub.published(event);
                yield new Answer(true, "", !known);
            }
            case DUPLICATE -> new Answer(true, "duplicate: it is here already", !known);
            case SUPERSEDED -> new Answer(true, "duplicate: a later version is here", !known);
            case DELETED -> no("blocked: its author deleted it");
        };
    }

    private boolean vanishesHere(Event event) {
        return event.kind() == Kind.VANISH
                && event.tags("relay")
                        .map(Tag::value)
                        .anyMatch(r ->
                                r.equals("ALL_RELAYS") || RelayUrl.tryParse(r).equals(Optional.of(ownRelay)));
    }

    private static Answer no(String message) {
        return new Answer(false, message, true);
    }
}
