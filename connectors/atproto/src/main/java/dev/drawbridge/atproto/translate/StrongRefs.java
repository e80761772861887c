package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.ObjectRef;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes references to one version of a record, `com.atproto.repo.strongRef`.
final class StrongRefs {
    private StrongRefs() {}

    /// @throws Uncrossable if the version is not known
    static ObjectNode write(ObjectRef ref) {
        String cid = ref.version()
                .orElseThrow(() -> new Uncrossable("the version of what it refers to is not known: " + ref.id()));
        return JsonNodeFactory.instance
                .objectNode()
                .put("uri", ref.id().value())
                .put("cid", cid);
    }
}
