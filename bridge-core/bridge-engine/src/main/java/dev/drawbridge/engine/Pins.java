package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Preferences.Preference;
import dev.drawbridge.model.spi.NativeEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people put first. Some networks say what changes, some say the whole list in the profile; both are made of what
/// is known here, which is of posts that crossed (ADR 0056).
final class Pins {
    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);

    /// No network shows more.
    private static final int MOST = 100;

    private final Ports ports;
    private final Connectors connectors;
    private final Outward outward;

    Pins(Ports ports, Connectors connectors, Outward outward) {
        this.ports = ports;
        this.connectors = connectors;
        this.outward = outward;
    }

    /// One post is put first, or no longer.
    List<Delivery> pin(Activity.Pin pin, NativeEvent event) {
        Optional<Ledger.Original> post = ports.ledger().original(pin.target());
        if (post.filter(p -> !p.author().equals(pin.author())).isPresent()) {
            LOG.info("not carried: {} pins what somebody else made: {}", pin.author(), pin.target());
            return List.of();
        }
        if (post.isPresent()) {
            note(pin);
        }
        return outward.toConsented(pin, Optional.empty(), event);
    }

    private void note(Activity.Pin pin) {
        Preference chosen = ports.preferences().of(pin.author());
        Set<NativeId> list = new LinkedHashSet<>();
        if (pin.pinned()) {
            list.add(pin.target());
        }
        chosen.pins().stream()
                .filter(post -> !post.equals(pin.target()))
                .filter(post -> !ports.ledger().tombstoned(post, pin.author()))
                .forEach(list::add);
        List<NativeId> now = list.stream().limit(MOST).toList();
        // Of whoever did not say yes nothing is kept.
        if (!now.equals(chosen.pins()) && ports.consents().givenAnywhere(pin.author())) {
            ports.preferences().put(chosen.withPins(now));
        }
    }

    /// What changed since the profile last said what comes first; nothing if it does not say that.
    List<Delivery> said(Activity.ProfileUpdate update, NativeEvent event) {
        Optional<List<NativeId>> said = update.profile().pins();
        if (said.isEmpty()) {
            return List.of();
        }
        List<NativeId> before = ports.preferences().of(update.author()).pins();
        List<Delivery> deliveries = new ArrayList<>();
        for (NativeId gone : before) {
            if (!said.get().contains(gone)) {
                deliveries.addAll(pin(change(update, gone, false), event));
            }
        }
        for (NativeId post : said.get().reversed()) {
            if (!before.contains(post) && ports.ledger().original(post).isPresent()) {
                deliveries.addAll(pin(change(update, post, true), event));
            }
        }
        return deliveries;
    }

    private static Activity.Pin change(Activity.ProfileUpdate update, NativeId post, boolean pinned) {
        var id = new NativeId(post.network(), update.id().value() + (pinned ? "#pin:" : "#unpin:") + post.value());
        return new Activity.Pin(id, update.author(), update.at(), post, pinned);
    }

    /// What was put first stands elsewhere, or is gone: profiles that name it say so. What is gone is left out wherever
    /// it is told, and forgotten with the next change: whoever says this twice is answered twice.
    List<Delivery> changed(Activity cause, NativeId post, boolean gone, NativeEvent event) {
        if (!ports.preferences().of(cause.author()).pins().contains(post)) {
            return List.of();
        }
        var id = new NativeId(cause.id().network(), cause.id().value() + "#pins");
        var pin = new Activity.Pin(id, cause.author(), cause.at(), post, !gone);
        List<Delivery> deliveries = outward.toConsented(pin, Optional.empty(), event);
        deliveries.removeIf(delivery -> !inProfile(delivery.target()));
        return deliveries;
    }

    private boolean inProfile(Network target) {
        return connectors.get(target).capabilities().has(Trait.PINS_IN_PROFILE);
    }
}
