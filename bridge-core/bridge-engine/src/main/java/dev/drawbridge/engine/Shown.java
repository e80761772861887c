package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.port.Ledger;
import java.util.List;
import java.util.Optional;

/// What is told of profiles and pins where they are one, and where they are two (ADR 0056). Made when it is delivered,
/// so that the last word is what is there now.
final class Shown {
    private final Ports ports;
    private final Connectors connectors;

    Shown(Ports ports, Connectors connectors) {
        this.ports = ports;
        this.connectors = connectors;
    }

    /// How it is said on a network: a pin as what comes first now, a profile with what is put first, or without.
    ///
    /// @return empty if it was taken down since, and is not to be put up any more
    Optional<Activity> on(Activity activity, Network target) {
        return switch (activity) {
            case Activity.Pin pin when inProfile(target) -> Optional.of(first(pin, target));
            case Activity.Pin pin ->
                Optional.<Activity>of(pin)
                        .filter(_ -> !pin.pinned() || pins(pin.author()).contains(pin.target()));
            case Activity.ProfileUpdate update
            when inProfile(target) -> Optional.of(with(update, Optional.of(pins(update.author()))));
            case Activity.ProfileUpdate update -> Optional.of(with(update, Optional.empty()));
            default -> Optional.of(activity);
        };
    }

    private static Activity with(Activity.ProfileUpdate update, Optional<List<NativeId>> pins) {
        return new Activity.ProfileUpdate(
                update.id(),
                update.at(),
                update.profile().toBuilder().pins(pins).build());
    }

    /// The latest that is there; nothing of the profile but this is said again.
    private Activity first(Activity.Pin cause, Network target) {
        Optional<NativeId> first = pins(cause.author()).stream()
                .filter(post -> isThere(post, target))
                .findFirst();
        return new Activity.Pin(
                cause.id(), cause.author(), cause.at(), first.orElse(cause.target()), first.isPresent());
    }

    private List<NativeId> pins(NativeId author) {
        return ports.preferences().of(author).pins().stream()
                .filter(post -> !ports.ledger().tombstoned(post, author))
                .toList();
    }

    private boolean isThere(NativeId post, Network target) {
        boolean versioned = connectors.get(target).capabilities().has(Trait.VERSIONED_REFERENCES);
        Optional<ObjectRef> here = ports.ledger().copy(post, target).map(Ledger.Copy::ref);
        return here.filter(ref -> !versioned || ref.version().isPresent()).isPresent();
    }

    private boolean inProfile(Network target) {
        return connectors.get(target).capabilities().has(Trait.PINS_IN_PROFILE);
    }
}
