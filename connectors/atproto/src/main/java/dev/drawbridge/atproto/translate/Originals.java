package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.NativeId;
import java.net.URI;
import java.util.Optional;

/// The address of an original, which marks a record as a copy.
final class Originals {
    private Originals() {}

    /// The page a person can read, else the id, which is an address on some networks.
    static String address(NativeId id, Optional<URI> page) {
        return page.map(URI::toString)
                .orElseGet(
                        () -> FacetReader.uri(id.value()).map(URI::toString).orElse(id.network() + ":" + id.value()));
    }
}
