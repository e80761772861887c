package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of an answer, a like or an announce that its author had to allow
/// ([GoToSocial](https://docs.gotosocial.org/en/latest/federation/interaction_controls/)): it goes to everybody, with
/// the address of the permission in `approvedBy`. Whoever keeps it makes it whole.
public final class ApprovalAmendment {
    /// What [As2#text(String)] of `amends` is in a change of this kind.
    public static final String KIND = "approval";

    private static final String STAMP = "approvedBy";
    private static final String TARGET = "target";

    private ApprovalAmendment() {}

    /// @param answer by somebody of this network, to one of our actors
    static Translation<NativeDraft> write(Activity.InteractionAnswer answer, Speaker speaker) {
        Optional<String> said = answer.instrument().flatMap(speaker::object);
        Optional<String> target = speaker.object(answer.target().id());
        Optional<String> actor = speaker.person(answer.requester());
        Optional<String> stamp = answer.stamp().map(NativeId::value);
        if (said.isEmpty() || target.isEmpty() || actor.isEmpty() || stamp.isEmpty()) {
            return Translation.skipped("an answer to nothing of ours");
        }
        ObjectNode draft = Documents.object().put("type", "Create").put("actor", actor.get());
        draft.putObject("object")
                .put("amends", KIND)
                .put("id", said.get())
                .put(TARGET, target.get())
                .put(STAMP, stamp.get());
        return Translation.of(
                new NativeDraft(actor.map(CopyIds::id), Optional.empty(), List.of(Documents.write(draft))));
    }

    /// The activity that brings what was allowed.
    ///
    /// @param said as it is kept: a note, or the activity itself
    /// @param note whether it is a note
    /// @param change as it was written here
    /// @return empty if it is about something else than the change says
    public static Optional<String> apply(ObjectNode said, boolean note, As2 change) {
        As2 before = new As2(said);
        if (!before.ref(note ? "inReplyTo" : "object").equals(change.ref(TARGET))) {
            return Optional.empty();
        }
        said.put(STAMP, change.ref(STAMP).orElse(""));
        ObjectNode activity = Documents.object();
        activity.putArray("@context");
        if (note) {
            activity.put("id", CopyIds.create(before.id().orElse("")))
                    .put("type", "Create")
                    .put("actor", before.ref("attributedTo").orElse(""))
                    .put("published", said.path("published").asString(""));
            activity.set("to", said.path("to"));
            activity.set("cc", said.path("cc"));
            activity.set("object", said);
        } else {
            activity.setAll(said);
        }
        activity.set("@context", Contexts.of(activity));
        return Optional.of(Documents.write(activity));
    }

    /// A later version of an answer keeps its permission as long as it answers the same.
    static void keep(ObjectNode note, As2 stored) {
        boolean same = new As2(note).ref("inReplyTo").equals(stored.ref("inReplyTo"));
        if (same && note.has("inReplyTo") && !note.has(STAMP)) {
            stored.ref(STAMP).ifPresent(stamp -> note.put(STAMP, stamp));
        }
    }
}
