package dev.drawbridge.atproto.store.blob;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.model.Media;
import java.util.Optional;

/// A file that one account has.
///
/// @param size in bytes
/// @param note what of the source is lost in it; empty if nothing is
public record StoredBlob(
        Cid cid, String mediaType, long size, Optional<Media.Dimensions> dimensions, Optional<String> note) {}
