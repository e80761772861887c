package dev.drawbridge.model;

import java.util.Optional;

/// A reference to an object, pinned to one version where the network has versions (AT Protocol: the record's CID).
///
/// @param id the object
/// @param version the version the reference is about, if its network names versions
public record ObjectRef(NativeId id, Optional<String> version) {
    public static ObjectRef of(NativeId id) {
        return new ObjectRef(id, Optional.empty());
    }

    public static ObjectRef of(NativeId id, String version) {
        return new ObjectRef(id, Optional.of(version));
    }
}
