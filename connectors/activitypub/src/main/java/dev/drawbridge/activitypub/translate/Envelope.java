package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What all activities we write have in common.
record Envelope(Speaker speaker) {
    /// The beginning of an activity.
    ObjectNode frame(String type, String id, Activity activity) {
        ObjectNode document = Documents.object();
        // First, and filled in when the rest is there.
        document.putArray("@context");
        return document.put("id", id).put("type", type).put("actor", speaker.author(activity.author()));
    }

    /// An activity of the same author inside another.
    ObjectNode inner(String type, String id, NativeId author) {
        return Documents.object().put("id", id).put("type", type).put("actor", speaker.author(author));
    }

    void toEverybody(ObjectNode document, NativeId author, List<String> named) {
        NoteWriter.Addressing.of(Visibility.PUBLIC, speaker.author(author), named)
                .writeTo(document);
    }

    /// The author of an object, as they are called here.
    Optional<String> authorOf(NativeId object) {
        return speaker.resolved()
                .object(object)
                .flatMap(Resolved.Post::authorHere)
                .map(NativeId::value);
    }

    Translation<NativeDraft> draft(Activity activity, Optional<String> copy, ObjectNode document, List<Loss> losses) {
        return draft(activity, copy, List.of(document), losses);
    }

    Translation<NativeDraft> draft(
            Activity activity, Optional<String> copy, List<ObjectNode> documents, List<Loss> losses) {
        return Translation.of(
                new NativeDraft(
                        speaker.ghost(activity.author()),
                        copy.map(c -> ObjectRef.of(CopyIds.id(c))),
                        documents.stream().map(Envelope::written).toList()),
                losses);
    }

    private static String written(ObjectNode document) {
        document.set("@context", Contexts.of(document));
        return Documents.write(document);
    }
}
