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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Kind 3, the whole list each time ([NIP-02](https://nips.nostr.com/2)): what changed for the bridge's own people is
/// the difference to what is known. Everybody else on the list is none of the bridge's business.
final class FollowListIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return new Needs(envelope.names(), Set.of(), Set.of(), true);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Set<NativeId> listed = event.people().stream().map(NativeEvents::id).collect(Collectors.toSet());
        List<Activity> changes = new ArrayList<>();
        for (NativeId former : new TreeSet<>(resolved.authorFollows())) {
            if (!listed.contains(former)) {
                changes.add(new Activity.Unfollow(
                        id(event, "unfollow", former),
                        Inbound.author(event),
                        Inbound.at(event),
                        former,
                        Optional.empty()));
            }
        }
        for (NativeId person : new TreeSet<>(listed)) {
            if (isOurs(person, resolved) && !resolved.authorFollows().contains(person)) {
                changes.add(new Activity.Follow(
                        id(event, "follow", person), Inbound.author(event), Inbound.at(event), person));
            }
        }
        return Translation.of(changes);
    }

    private static boolean isOurs(NativeId person, Resolved resolved) {
        return resolved.actor(person)
                .filter(a -> !a.origin().network().equals(Network.NOSTR))
                .isPresent();
    }

    private static NativeId id(Event event, String what, NativeId person) {
        return new NativeId(Network.NOSTR, event.id().hex() + ":" + what + ":" + person.value());
    }
}
