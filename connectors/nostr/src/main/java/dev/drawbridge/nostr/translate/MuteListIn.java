package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Kind 10000, the public part ([NIP-51](https://nips.nostr.com/51)): whom of the bridge's people somebody mutes is
/// blocked, inside the bridge. Its envelope names also whom the list before named.
final class MuteListIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return new Needs(envelope.names(), Set.of(), Set.of(), false);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Set<NativeId> listed = event.people().stream().map(NativeEvents::id).collect(Collectors.toSet());
        List<Activity> changes = new ArrayList<>();
        for (NativeId person : new TreeSet<>(envelope.names())) {
            boolean ours = resolved.actor(person)
                    .filter(a -> !a.origin().network().equals(Network.NOSTR))
                    .isPresent();
            if (ours) {
                changes.add(
                        listed.contains(person)
                                ? new Activity.Block(
                                        id(event, "mute", person), Inbound.author(event), Inbound.at(event), person)
                                : new Activity.Unblock(
                                        id(event, "unmute", person), Inbound.author(event), Inbound.at(event), person));
            }
        }
        return Translation.of(changes);
    }

    /// The same from list to list, so that whoever was told once is not told anew.
    private static NativeId id(Event event, String what, NativeId person) {
        return new NativeId(Network.NOSTR, event.pubkey().hex() + ":" + what + ":" + person.value());
    }
}
