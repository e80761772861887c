package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.model.spi.UnavailableException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether an object that has no copy on a network yet will ever have one.
final class Parents {
    private static final Logger LOG = LoggerFactory.getLogger(Parents.class);

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Inbox inbox;

    Parents(Ports ports, Connectors connectors, Resolver resolver, Inbox inbox) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.inbox = inbox;
    }

    /// What something waits for, or that it waits in vain.
    sealed interface Expectation {}

    /// It will come: what refers to it waits behind `key`.
    record Coming(String key, String reason) implements Expectation {}

    record Never(String reason) implements Expectation {}

    /// What a delivery cannot go without; empty if all of that is there.
    ///
    /// @param resolved what is known of it from the viewpoint of its target
    Optional<Expectation> missing(Delivery delivery, Resolved resolved) {
        Activity activity = delivery.activity();
        if (activity instanceof Activity.Delete delete) {
            return unlessHere(delete.target(), resolved, "there is no copy to delete");
        }
        if (activity instanceof Activity.Tally tally) {
            // Its counts are for those who saw it; who was not to see it does not get it by the end of it either.
            return unlessHere(tally.post().id(), resolved, "its poll is not here");
        }
        return ActivityNeeds.parent(activity)
                .filter(parent -> !usable(resolved.objectHere(parent), delivery.target()))
                .map(parent -> activity instanceof Activity.Pin
                        ? ofPinned(parent, delivery.target())
                        : of(parent, delivery.target()));
    }

    private static Optional<Expectation> unlessHere(NativeId object, Resolved resolved, String reason) {
        return resolved.objectHere(object).isPresent() ? Optional.empty() : Optional.of(new Never(reason));
    }

    /// Whether what the delivery refers to came between the look and the parking: nobody else would wake it then.
    boolean arrivedMeanwhile(Delivery delivery) {
        return ActivityNeeds.parent(delivery.activity())
                .filter(parent -> usable(
                        resolver.resolve(ActivityNeeds.of(delivery.activity()), delivery.target(), delivery.origin())
                                .objectHere(parent),
                        delivery.target()))
                .isPresent();
    }

    /// Whether a reference can be written: on some networks only once the object has a version there.
    private boolean usable(Optional<ObjectRef> here, Network network) {
        boolean versioned = connectors.get(network).capabilities().has(Trait.VERSIONED_REFERENCES);
        return here.filter(ref -> !versioned || ref.version().isPresent()).isPresent();
    }

    /// Putting something first does not make it cross.
    private Expectation ofPinned(NativeId post, Network network) {
        Optional<Ledger.Original> known = ports.ledger().original(post);
        return known.filter(original -> original.plannedOn().contains(network))
                .map(original -> expect(post, original.author(), network))
                .orElseGet(() -> new Never("what is pinned did not cross"));
    }

    /// @param object as the activity names it: an original, or a copy we made
    Expectation of(NativeId object, Network network) {
        NativeId original = resolver.originalOf(object);
        Optional<Ledger.Original> known = ports.ledger().original(original);
        if (known.isPresent() && known.get().plannedOn().contains(network)) {
            return expect(original, known.get().author(), network);
        }
        // Never meant for there: perhaps older than the opt-in of its author. Then it comes first, and this one
        // after it.
        Optional<NativeEvent> event = fetched(original);
        if (event.isEmpty()) {
            return new Never("what it refers to is not public or gone");
        }
        if (Secrets.in(event.get())) {
            return new Never("what it refers to holds a private key");
        }
        if (ports.ledger().tombstoned(original, event.get().author())) {
            return new Never("what it refers to was deleted");
        }
        Expectation expectation = expect(original, event.get().author(), network);
        if (expectation instanceof Coming) {
            inbox.put(event.get());
        }
        return expectation;
    }

    /// Nothing waits for an answer of somebody else's server.
    private Optional<NativeEvent> fetched(NativeId original) {
        try {
            return connectors.has(original.network())
                    ? connectors.get(original.network()).fetch(original)
                    : Optional.empty();
        } catch (UnavailableException e) {
            LOG.info("{} cannot be had now: {}", original, e.getMessage());
            return Optional.empty();
        }
    }

    private Expectation expect(NativeId original, NativeId author, Network network) {
        return ports.consents().given(author, network)
                ? new Coming(ParkingKeys.object(original, network), "waits for what it refers to")
                : new Never("the author of what it refers to is not carried to " + network);
    }
}
