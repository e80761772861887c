package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Translation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// An activity as it came in, with what every reader wants to know of it.
///
/// @param document the activity
/// @param actor who says they did it
/// @param id the activity's id; made from its contents where it has none of its own host
record Incoming(As2 document, String actor, String id) {
    /// Reads the frame of an activity. A note or an actor that comes alone is taken for its Create or Update.
    static Translation<Incoming> read(As2 given) {
        As2 document = NoteReader.looksLike(given) && (!given.isA("Question") || given.has("attributedTo"))
                ? wrapped("Create", given)
                : Actor.looksLike(given) ? wrapped("Update", given) : given;
        var actor = document.ref("actor").filter(a -> Uris.isHttp(a));
        if (actor.isEmpty()) {
            return Translation.malformed("actor", "an activity needs an actor with an http id");
        }
        if (document.type().isEmpty()) {
            return Translation.malformed("type", "an activity needs a type");
        }
        return Translation.of(new Incoming(document, actor.get(), idOf(document, actor.get())));
    }

    String type() {
        return document.type();
    }

    /// The id of what the activity is about.
    Optional<String> objectId() {
        return document.ref("object").filter(v -> Uris.isHttp(v));
    }

    /// Everything the activity is about, as far as it is embedded: GoToSocial puts several votes into one Create.
    List<As2> objects() {
        return document.objects("object");
    }

    /// What the activity is about, if it is embedded.
    Optional<As2> object() {
        return document.object("object");
    }

    /// The id of an embedded activity, made the same way where it has none.
    Optional<String> innerId() {
        return object().map(inner -> idOf(inner, inner.ref("actor").orElse(actor)))
                .or(this::objectId);
    }

    private static String idOf(As2 document, String actor) {
        return document.id()
                .filter(id -> Uris.sameOrigin(id, actor))
                .orElseGet(() -> actor + "#" + document.type() + "-"
                        + CopyIds.hash(actor + " " + document.type() + " "
                                + document.ref("object").orElse("")));
    }

    private static As2 wrapped(String type, As2 object) {
        ObjectNode activity = Documents.object().put("type", type);
        object.id().ifPresent(id -> activity.put("id", id));
        NoteReader.author(object)
                .or(() -> Actor.looksLike(object) ? object.id() : Optional.empty())
                .ifPresent(actor -> activity.put("actor", actor));
        activity.set("object", object.node());
        return new As2(activity);
    }
}
