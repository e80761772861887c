package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.DeliveryOutcome;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Resolved;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A letter that asks somebody whether they want to be carried, on its way: sent once, and whatever becomes of it
/// nothing is kept that names them. It waits nowhere, is given up by nobody and stands in no ledger (ADR 67).
final class AskLetter {
    private static final Logger LOG = LoggerFactory.getLogger(AskLetter.class);
    private static final String MARK = "ask:";

    private final Ports ports;
    private final Connectors connectors;
    private final Resolver resolver;
    private final Wanted wanted;

    AskLetter(Ports ports, Connectors connectors, Resolver resolver, Wanted wanted) {
        this.ports = ports;
        this.connectors = connectors;
        this.resolver = resolver;
        this.wanted = wanted;
    }

    /// The one letter to somebody. It is called the same whoever wants them, so that a server that has it takes no
    /// second one.
    static NativeId id(NativeId person) {
        return new NativeId(Network.BRIDGE, MARK + Sha256.hex("asked\n" + person.key()));
    }

    /// Whether it is such a letter.
    static boolean is(Activity activity) {
        return activity instanceof Activity.Publish publish
                && publish.post().id().network().equals(Network.BRIDGE)
                && publish.post().id().value().startsWith(MARK);
    }

    private static NativeId letter(Activity activity) {
        return activity instanceof Activity.Publish publish ? publish.post().id() : activity.id();
    }

    /// Whether nobody tried to send a letter before, nor noted that nobody may; from now on somebody did.
    static boolean isFirst(Ports ports, NativeId letter) {
        return ports.notices().once("sent " + letter.key());
    }

    /// Sends it if it was never tried before. Never fails once it counts.
    void bring(Delivery delivery) {
        if (!isFirst(ports, letter(delivery.activity()))) {
            LOG.info("a question to somebody on {} is not sent again", delivery.target());
            return;
        }
        try {
            LOG.info("a question to somebody on {}: {}", delivery.target(), brought(delivery));
        } catch (RuntimeException e) {
            LOG.warn(
                    "a question to somebody on {} is lost: {}",
                    delivery.target(),
                    e.getClass().getName());
        }
    }

    /// Whether there is a bot to write it, and nothing waits at the place it goes to.
    ///
    /// @param bot who writes it, on the network of bots
    static boolean canGo(Ports ports, NativeId bot, Destination place) {
        return ports.identities().find(bot, place.network()).isPresent()
                && !ports.parking().holdsKey(ParkingKeys.destination(place));
    }

    /// @return what became of it, without a name
    private String brought(Delivery delivery) {
        Optional<NativeId> reader = reader(delivery);
        if (reader.filter(person -> !Asking.spoke(ports, person) && wanted.mayWriteTo(person, delivery.destination()))
                .isEmpty()) {
            return "not wanted any more";
        }
        if (!canGo(ports, delivery.origin(), delivery.destination())) {
            return "their place takes nothing now, or there is no bot";
        }
        NetworkConnector connector = connectors.get(delivery.target());
        Resolved resolved = resolver.resolve(
                ActivityNeeds.of(delivery.activity()),
                delivery.target(),
                delivery.activity().author());
        return switch (connector.translator().fromCanonical(delivery.activity(), resolved, delivery.receivedAt())) {
            case Translation.Translated<NativeDraft>(NativeDraft draft, var _) ->
                outcome(connector.deliver(draft, delivery.destination()));
            case Translation.Skipped<NativeDraft> _, Translation.Malformed<NativeDraft> _ -> "it cannot be said there";
        };
    }

    private static String outcome(DeliveryOutcome outcome) {
        return switch (outcome) {
            case DeliveryOutcome.Delivered _ -> "brought";
            case DeliveryOutcome.Retry _ -> "dropped: not now";
            case DeliveryOutcome.Refused _ -> "dropped: refused";
            case DeliveryOutcome.Gone _ -> "dropped: nobody is there";
        };
    }

    private static Optional<NativeId> reader(Delivery delivery) {
        return delivery.activity() instanceof Activity.Publish publish
                ? publish.post().text().facets().stream()
                        .filter(Facet.Mention.class::isInstance)
                        .map(facet -> ((Facet.Mention) facet).actor())
                        .findFirst()
                : Optional.empty();
    }
}
