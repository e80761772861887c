package dev.drawbridge.atproto.media;

import dev.drawbridge.model.Media;
import java.util.Optional;

/// A file in a form that records may refer to.
///
/// @param note what of the source is lost in it
record ShownFile(String mediaType, byte[] bytes, Optional<Media.Dimensions> dimensions, Optional<String> note) {}
