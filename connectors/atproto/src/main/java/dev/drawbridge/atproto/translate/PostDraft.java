package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.cbor.DagCbor;
import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.Choices.LongPosts;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The writes that make one post: its record, and where its author wants long texts whole, the records that go on with
/// it, each an answer to the one before. All of them are one commit.
final class PostDraft {
    private final Post post;
    private final Slot slot;
    private final Resolved resolved;
    private final List<Loss> losses;
    private final List<String> documents = new ArrayList<>();
    private final Set<NativeId> parts = new LinkedHashSet<>();

    private PostDraft(Post post, Slot slot, Resolved resolved, List<Loss> losses) {
        this.post = post;
        this.slot = slot;
        this.resolved = resolved;
        this.losses = losses;
    }

    /// @param ghost who writes; without one there is no thread, because its records could not name each other
    /// @param edit whether an earlier version is there already
    static NativeDraft of(
            Optional<NativeId> ghost, Slot slot, Post post, boolean edit, Resolved resolved, List<Loss> losses) {
        return new PostDraft(post, slot, resolved, losses).write(ghost, slot.path(), edit);
    }

    private NativeDraft write(Optional<NativeId> ghost, RepoPath path, boolean edit) {
        boolean whole = ghost.isPresent()
                && post.article().isEmpty()
                && resolved.choices().longPosts().equals(Optional.of(LongPosts.THREAD));
        PostWriter.Written written = PostWriter.write(post, resolved, whole, losses);
        ObjectNode first = put(path, written.record());
        ghost.ifPresent(author -> {
            NativeId uri = Writes.uri(author, path);
            if (!written.rest().isEmpty()) {
                goOn(written, author, ref(uri, first));
            }
            withdraw(uri);
            GateWriter.write(post, author, path, edit, losses)
                    .forEach(gate -> gate.record()
                            .ifPresentOrElse(
                                    record -> put(gate.path(), record),
                                    () -> documents.add(Writes.delete(gate.path()))));
        });
        return new NativeDraft(ghost, ghost.map(author -> ObjectRef.of(Writes.uri(author, path))), documents, parts);
    }

    private ObjectNode put(RepoPath path, ObjectNode record) {
        ObjectNode mended = RecordRepair.mend(path, record, losses);
        documents.add(Writes.put(path, mended));
        return mended;
    }

    private void goOn(PostWriter.Written written, NativeId author, ObjectNode first) {
        ObjectNode root = written.record().path("reply").path("root") instanceof ObjectNode known ? known : first;
        ObjectNode before = first;
        int number = 1;
        for (RichText text : written.rest()) {
            number++;
            ObjectNode record = PostWriter.part(written, text, number, losses);
            ObjectNode reply = JsonNodeFactory.instance.objectNode();
            reply.set("root", root.deepCopy());
            reply.set("parent", before);
            record.set("reply", reply);
            RepoPath path = new RepoPath(new Nsid(Lexicons.POST), RecordKeys.part(post, slot.source(), number));
            NativeId uri = Writes.uri(author, path);
            before = ref(uri, put(path, record));
            parts.add(uri);
        }
    }

    /// What an earlier version had and this one does not.
    private void withdraw(NativeId copy) {
        Set<NativeId> known = new LinkedHashSet<>(
                resolved.object(post.id()).map(Resolved.Post::parts).orElse(Set.of()));
        slot.replaced().ifPresent(known::add);
        known.stream()
                .filter(part -> !parts.contains(part) && !part.equals(copy))
                .sorted()
                .flatMap(part -> Writes.path(part).stream())
                .map(Writes::delete)
                .forEach(documents::add);
        slot.replaced().ifPresent(parts::add);
    }

    private static ObjectNode ref(NativeId uri, ObjectNode record) {
        String cid = DagCbor.cid(DataJson.map(record)).toString();
        return StrongRefs.write(ObjectRef.of(uri, cid));
    }
}
