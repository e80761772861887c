package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.spi.HostedFile;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes references to files that lie beside the repository.
///
/// Spec: [Blob type](https://atproto.com/specs/data-model#blob-type)
final class Blobs {
    private Blobs() {}

    static ObjectNode write(HostedFile file) {
        ObjectNode blob = JsonNodeFactory.instance.objectNode().put("$type", "blob");
        blob.putObject("ref").put("$link", file.id());
        return blob.put("mimeType", file.mediaType()).put("size", file.bytes());
    }
}
