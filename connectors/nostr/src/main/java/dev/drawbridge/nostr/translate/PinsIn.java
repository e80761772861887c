package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Needs;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Pins;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Kind 10001 ([NIP-51](https://nips.nostr.com/51)), the whole list each time. Its envelope names what changed since
/// the list before: of that, what is on the list was put first, what is not was taken down.
final class PinsIn implements Inbound {
    @Override
    public Needs needs(Event event, NativeEvent envelope) {
        return Needs.NOTHING;
    }

    @Override
    public Translation<List<Activity>> read(Event event, NativeEvent envelope, Resolved resolved) {
        Set<NativeId> listed =
                Pins.of(event).stream().map(NativeEvents::id).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<NativeId> changed = new LinkedHashSet<>(listed);
        changed.retainAll(envelope.names());
        changed.addAll(new TreeSet<>(envelope.names()));
        long left = Pins.left(event);
        List<Loss> losses =
                left == 0 ? List.of() : List.of(new Loss("pins", left + " more than the first " + Pins.MOST));
        return Translation.of(
                changed.stream()
                        .<Activity>map(post -> pin(event, post, listed.contains(post)))
                        .toList(),
                losses);
    }

    private static Activity.Pin pin(Event event, NativeId post, boolean pinned) {
        String what = pinned ? ":pin:" : ":unpin:";
        var id = new NativeId(Network.NOSTR, event.id().hex() + what + post.value());
        return new Activity.Pin(id, Inbound.author(event), Inbound.at(event), post, pinned);
    }
}
