package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Ledger;
import dev.drawbridge.model.port.Preferences.PinsBefore;
import dev.drawbridge.model.port.Preferences.Preference;
import dev.drawbridge.model.spi.NativeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        if (isAnothers(pin, post)) {
            return List.of();
        }
        if (post.isPresent()) {
            Preference chosen = ports.preferences().of(pin.author());
            note(chosen, chosen.withPins(after(pin.author(), chosen.pins(), List.of(pin))));
        }
        return outward.toConsented(pin, Optional.empty(), event);
    }

    private static boolean isAnothers(Activity.Pin pin, Optional<Ledger.Original> post) {
        boolean anothers = post.filter(p -> !p.author().equals(pin.author())).isPresent();
        if (anothers) {
            LOG.info("not carried: {} pins what somebody else made: {}", pin.author(), pin.target());
        }
        return anothers;
    }

    private List<NativeId> after(NativeId author, List<NativeId> before, List<Activity.Pin> changes) {
        List<NativeId> list = new ArrayList<>(before);
        for (Activity.Pin pin : changes) {
            list.remove(pin.target());
            if (pin.pinned()) {
                list.addFirst(pin.target());
            }
        }
        Set<NativeId> named = changes.stream().map(Activity.Pin::target).collect(Collectors.toSet());
        return list.stream()
                .filter(post -> named.contains(post) || !ports.ledger().tombstoned(post, author))
                .limit(MOST)
                .toList();
    }

    private void note(Preference chosen, Preference now) {
        // Of whoever did not say yes nothing is kept.
        if (!now.equals(chosen) && ports.consents().givenAnywhere(chosen.person())) {
            ports.preferences().put(now);
        }
    }

    /// What changed since the profile last said what comes first; nothing if it does not say that. A profile that is
    /// read again, because the process ended before what follows of it was safe, changes the same again.
    List<Delivery> said(Activity.ProfileUpdate update, NativeEvent event) {
        Optional<List<NativeId>> said = update.profile().pins();
        if (said.isEmpty()) {
            return List.of();
        }
        Preference chosen = ports.preferences().of(update.author());
        List<NativeId> before = chosen.pinsBefore()
                .filter(b -> b.profile().equals(update.id()))
                .map(PinsBefore::pins)
                .orElse(chosen.pins());
        List<Activity.Pin> changes = changes(update, before, said.get());
        if (!changes.isEmpty()) {
            note(
                    chosen,
                    chosen.withPins(
                            after(update.author(), before, changes), Optional.of(new PinsBefore(update.id(), before))));
        }
        return changes.stream()
                .flatMap(pin -> outward.toConsented(pin, Optional.empty(), event).stream())
                .toList();
    }

    private List<Activity.Pin> changes(Activity.ProfileUpdate update, List<NativeId> before, List<NativeId> said) {
        List<Activity.Pin> changes = new ArrayList<>();
        for (NativeId gone : before) {
            if (!said.contains(gone)) {
                changes.add(change(update, gone, false));
            }
        }
        for (NativeId post : said.reversed()) {
            Optional<Ledger.Original> known = ports.ledger().original(post);
            Activity.Pin pin = change(update, post, true);
            if (!before.contains(post) && known.isPresent() && !isAnothers(pin, known)) {
                changes.add(pin);
            }
        }
        return changes;
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
