package dev.drawbridge.model.spi;

import dev.drawbridge.model.Media;
import java.util.Optional;

/// A file that a network keeps for one of its people, because it shows no files of others.
///
/// @param id how the network names it (AT Protocol: the CID of the bytes)
/// @param mediaType its type as RFC 6838 writes it
/// @param bytes its length
/// @param dimensions of a picture or video, where known
public record HostedFile(String id, String mediaType, long bytes, Optional<Media.Dimensions> dimensions) {
    public HostedFile {
        if (id.isBlank() || mediaType.isBlank() || bytes < 0) {
            throw new IllegalArgumentException("a file " + id + " of type " + mediaType + ", " + bytes + " bytes");
        }
    }
}
