package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;

/// The `url` of a copy: where people read the original, and the mark that it is a copy,
/// [FEP-fffd](https://codeberg.org/fediverse/fep/src/branch/main/fep/fffd/fep-fffd.md).
final class CanonicalLink {
    private static final Pattern HEX_32 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*:.+");

    private CanonicalLink() {}

    static ArrayNode ofNote(NativeId original, Optional<URI> page) {
        return links(page, href(original, "note"));
    }

    static ArrayNode ofActor(NativeId original, Optional<URI> page) {
        return links(page, href(original, "npub"));
    }

    private static ArrayNode links(Optional<URI> page, Optional<String> canonical) {
        ArrayNode links = Documents.object().putArray("url");
        // The page first: some servers take the first address whatever it is.
        page.ifPresent(p -> links.addObject()
                .put("type", "Link")
                .put("mediaType", "text/html")
                .put("href", p.toString()));
        canonical.ifPresent(c ->
                links.addObject().put("type", "Link").put("rel", "canonical").put("href", c));
        return links;
    }

    private static Optional<String> href(NativeId original, String nostrPrefix) {
        String value = original.value();
        if (original.network().equals(Network.NOSTR)) {
            return HEX_32.matcher(value).matches()
                    ? Optional.of("nostr:" + Bech32.encode(nostrPrefix, value))
                    : Optional.empty();
        }
        return SCHEME.matcher(value).matches() ? Optional.of(value) : Optional.empty();
    }
}
