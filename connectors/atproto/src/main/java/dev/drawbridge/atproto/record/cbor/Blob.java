package dev.drawbridge.atproto.record.cbor;

import java.util.Optional;
import java.util.OptionalLong;

/// A reference to a file beside the repository.
///
/// Spec: [Blob type](https://atproto.com/specs/data-model#blob-type)
///
/// @param size in bytes
public record Blob(Cid ref, String mimeType, long size) {
    static final String TYPE = "blob";

    /// @throws IllegalArgumentException if the size is negative or the type is blank
    public Blob {
        if (size < 0 || mimeType.isBlank()) {
            throw new IllegalArgumentException("blob of " + size + " bytes, type " + mimeType);
        }
    }

    /// Reads the object form; empty if a field is missing or wrong.
    public static Optional<Blob> tryFrom(DataMap data) {
        Optional<Cid> ref = data.link("ref");
        Optional<String> mimeType = data.text("mimeType").filter(type -> !type.isBlank());
        OptionalLong size = data.integer("size");
        boolean whole = data.type().filter(TYPE::equals).isPresent()
                && ref.isPresent()
                && mimeType.isPresent()
                && size.isPresent()
                && size.getAsLong() >= 0;
        return whole ? Optional.of(new Blob(ref.get(), mimeType.get(), size.getAsLong())) : Optional.empty();
    }

    public DataMap toData() {
        return DataMap.builder()
                .put("$type", TYPE)
                .put("ref", ref)
                .put("mimeType", mimeType)
                .put("size", size)
                .build();
    }
}
