package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Tag;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Kind 5 ([NIP-09](https://nips.nostr.com/9)): only what its author made. A target nobody has seen yet counts as
/// theirs, so that a delete that overtakes its note still wins.
final class DeletionIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return new Needs(Set.of(), new HashSet<>(targets(event)), Set.of(), false);
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        List<Activity> deletes = targets(event).stream()
                .filter(target -> mayDelete(Inbound.author(event), target, resolved))
                .<Activity>map(target -> new Activity.Delete(
                        new NativeId(Network.NOSTR, event.id().hex() + ":delete:" + target.value()),
                        Inbound.author(event),
                        Inbound.at(event),
                        target))
                .toList();
        return deletes.isEmpty()
                ? Translation.skipped("it deletes nothing that its author made")
                : Translation.of(deletes);
    }

    private static boolean mayDelete(NativeId author, NativeId target, Resolved resolved) {
        return resolved.object(target)
                .flatMap(Resolved.Post::author)
                .map(author::equals)
                .orElse(true);
    }

    private static Set<NativeId> targets(Event event) {
        Set<NativeId> targets = new LinkedHashSet<>();
        event.eventIds("e").forEach(id -> targets.add(NativeEvents.id(id)));
        event.tags("a")
                .map(Tag::value)
                .filter(a -> a.split(":", 3).length == 3
                        && a.split(":", 3)[1].equals(event.pubkey().hex()))
                .forEach(a -> targets.add(new NativeId(Network.NOSTR, a)));
        return targets;
    }
}
