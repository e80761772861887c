package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.spi.NativeEvent;
import java.util.Optional;

/// Whether an object that has no copy on a network yet will ever have one.
final class Parents {
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

    sealed interface Expectation {}

    /// It will come: what refers to it waits behind `key`.
    record Coming(String key, String reason) implements Expectation {}

    record Never(String reason) implements Expectation {}

    /// @param object as the activity names it: an original, or a copy we made
    Expectation of(NativeId object, Network network) {
        NativeId original = resolver.originalOf(object);
        Optional<Ledger.Original> known = ports.ledger().original(original);
        if (known.isPresent() && known.get().plannedOn().contains(network)) {
            return expect(original, known.get().author(), network);
        }
        // Never meant for there: perhaps older than the opt-in of its author. Then it comes first, and this one
        // after it.
        Optional<NativeEvent> event = connectors.has(original.network())
                ? connectors.get(original.network()).fetch(original)
                : Optional.empty();
        if (event.isEmpty()) {
            return new Never("what it refers to is not public or gone");
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

    private Expectation expect(NativeId original, NativeId author, Network network) {
        boolean carried =
                ports.consents().find(author, network).filter(Consent::given).isPresent();
        return carried
                ? new Coming(ParkingKeys.object(original, network), "waits for what it refers to")
                : new Never("the author of what it refers to is not carried to " + network);
    }
}
