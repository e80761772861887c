package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.KnownBridges;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;
import java.util.Optional;

/// What other bridges made, and how one knows: it came from elsewhere, and is never carried on.
public final class BridgeMarks {
    private static final List<String> LABELS = List.of("pink.momostr", "pub.mostr", "gy.brid");

    private BridgeMarks() {}

    /// Why an event is not its author's own word; empty if nothing says so.
    public static Optional<String> mark(Event event) {
        if (event.proxied()) {
            return Optional.of("made by a bridge: it carries a proxy tag");
        }
        boolean labelled = event.tags().stream().anyMatch(BridgeMarks::labels);
        if (labelled) {
            return Optional.of("made by a bridge: it carries the label of one");
        }
        boolean named = event.kind() == Kind.PROFILE
                && ProfileContent.read(event.content())
                        .flatMap(ProfileContent::nip05)
                        .filter(name -> KnownBridges.isHost(name.domain()))
                        .isPresent();
        return named ? Optional.of("made by a bridge: its author is called after one") : Optional.empty();
    }

    private static boolean labels(Tag tag) {
        String space = tag.is("L") ? tag.value() : tag.is("l") ? tag.get(2) : "";
        return LABELS.stream().anyMatch(label -> space.equals(label) || space.startsWith(label + "."));
    }
}
