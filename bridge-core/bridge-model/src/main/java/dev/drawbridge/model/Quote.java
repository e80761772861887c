package dev.drawbridge.model;

import java.net.URI;
import java.util.Optional;

/// A post shown inside another.
///
/// @param target the quoted post, as the source names it
/// @param url where a person can read it in a browser, where known: what is left where a network has no quotes
public record Quote(ObjectRef target, Optional<URI> url) {
    public static Quote of(NativeId target) {
        return new Quote(ObjectRef.of(target), Optional.empty());
    }
}
