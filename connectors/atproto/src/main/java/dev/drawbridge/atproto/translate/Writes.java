package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The documents of a draft: writes to one repository.
final class Writes {
    private Writes() {}

    /// @param record one that keeps to its lexicon
    static String put(RepoPath path, ObjectNode record) {
        ObjectNode write = place(path);
        write.set("record", record);
        return text(write);
    }

    /// Changes one field of a record and leaves the others as they stand.
    ///
    /// @param value empty to take the field away
    static String change(RepoPath path, String field, Optional<ObjectNode> value) {
        ObjectNode write = place(path);
        ObjectNode change = write.putObject("change");
        value.ifPresentOrElse(said -> change.set(field, said), () -> change.putNull(field));
        return text(write);
    }

    static String delete(RepoPath path) {
        return text(place(path).put("delete", true));
    }

    static String closed() {
        return text(JsonNodeFactory.instance.objectNode().put("account", "deactivated"));
    }

    /// Where the record is that an id names; empty if it names none.
    static Optional<RepoPath> path(NativeId id) {
        return AtUri.tryParse(id.value()).flatMap(AtUri::path);
    }

    static NativeId uri(NativeId repo, RepoPath path) {
        return new NativeId(
                Network.ATPROTO, AtUri.of(new Did(repo.value()), path).toString());
    }

    private static ObjectNode place(RepoPath path) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("collection", path.collection().value())
                .put("rkey", path.rkey().value());
    }

    private static String text(ObjectNode node) {
        return RepoDocuments.JSON.writeValueAsString(node);
    }
}
