package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.KnownBridges;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Recognises what a bridge made, so that it is never bridged again: ours by its address, others by the marks of
/// [FEP-fffd](https://codeberg.org/fediverse/fep/src/branch/main/fep/fffd/fep-fffd.md) or by their host.
final class BridgeMarks {
    private static final List<String> OTHER_NETWORKS = List.of("nostr:", "at:", "did:");

    private BridgeMarks() {}

    /// Why nothing of this actor crosses; empty if nothing is known against it.
    static Optional<String> ofActor(String actor, CopyIds ids) {
        if (ids.ours(actor)) {
            return Optional.of("made by this bridge");
        }
        String host = Uris.host(actor).orElse("");
        return KnownBridges.isHost(host) ? Optional.of("made by a bridge, " + host) : Optional.empty();
    }

    /// Why an activity does not cross. What is answered is ours, and carries our marks.
    static Optional<String> of(Incoming in, CopyIds ids) {
        boolean answer = in.document().isA("Accept", "Reject");
        return ofActor(in.actor(), ids)
                .or(() -> answer ? Optional.empty() : in.object().flatMap(BridgeMarks::ofObject));
    }

    /// Why this object does not cross; empty if it carries no mark.
    static Optional<String> ofObject(As2 object) {
        boolean marked = object.has("proxyOf")
                || object.objects("url").stream()
                        .filter(link ->
                                link.text("rel").filter("canonical"::equals).isPresent())
                        .map(link -> link.text("href").orElse("").toLowerCase(Locale.ROOT))
                        .anyMatch(href -> OTHER_NETWORKS.stream().anyMatch(href::startsWith));
        return marked ? Optional.of("made by a bridge: it is a copy of something elsewhere") : Optional.empty();
    }
}
