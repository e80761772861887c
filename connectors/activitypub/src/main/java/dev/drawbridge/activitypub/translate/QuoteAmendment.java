package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.spi.NativeDraft;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of a note once the author of what it quotes has answered
/// ([FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md)): it carries the stamp, or its
/// quote is nothing but a link. Only the change is written here; whoever keeps the note makes it whole. The note says
/// nothing new, so its `updated` stays.
public final class QuoteAmendment {
    /// Only in drafts: no server ever sees it.
    public static final String MARK = "\"amends\":";

    private static final String STAMP = "quoteAuthorization";

    private QuoteAmendment() {}

    /// @param answer by somebody of this network, to one of our actors
    static Translation<NativeDraft> write(Activity.InteractionAnswer answer, Speaker speaker) {
        Optional<String> note = answer.instrument().flatMap(speaker::object);
        Optional<String> quoted = speaker.object(answer.target().id());
        Optional<String> actor = speaker.person(answer.requester());
        if (note.isEmpty() || quoted.isEmpty() || actor.isEmpty()) {
            return Translation.skipped("an answer to nothing of ours");
        }
        ObjectNode update = Documents.object()
                .put("id", CopyIds.fragment(note.get(), answer.accepted() ? "allowed" : "refused", answer.id()))
                .put("type", "Update")
                .put("actor", actor.get());
        ObjectNode change = update.putObject("object")
                .put("amends", "quote")
                .put("id", note.get())
                .put("quote", quoted.get());
        answer.stamp().filter(_ -> answer.accepted()).map(NativeId::value).ifPresent(s -> change.put(STAMP, s));
        return Translation.of(
                new NativeDraft(actor.map(CopyIds::id), Optional.empty(), List.of(Documents.write(update))));
    }

    /// Changes a note.
    ///
    /// @param note as it is kept
    /// @param change as it was written here
    /// @return whether the note is about what the change is about; if not, nothing is changed
    public static boolean apply(ObjectNode note, As2 change) {
        String quoted = change.ref("quote").orElse("");
        boolean known = new As2(note).ref("quoteUri").filter(quoted::equals).isPresent();
        if (!known) {
            // Refused before: saying so again changes nothing.
            return !change.has(STAMP) && note.path("content").asString("").contains(HtmlWriter.escape(quoted));
        }
        if (change.has(STAMP)) {
            note.put(STAMP, change.ref(STAMP).orElse(""));
            return true;
        }
        List.of("quote", "_misskey_quote", "quoteUrl", "quoteUri", STAMP).forEach(note::remove);
        if (note.path("tag") instanceof ArrayNode tags) {
            for (int i = tags.size() - 1; i >= 0; i--) {
                JsonNode tag = tags.get(i);
                if (tag.path("type").asString("").equals("Link")
                        && tag.path("href").asString("").equals(quoted)) {
                    tags.remove(i);
                }
            }
        }
        show(note, "content");
        if (note.path("contentMap") instanceof ObjectNode byLanguage) {
            List.copyOf(byLanguage.propertyNames()).forEach(language -> show(byLanguage, language));
        }
        return true;
    }

    /// The line that stands for the quote is not hidden any more.
    private static void show(ObjectNode texts, String name) {
        texts.put(name, texts.path(name).asString("").replace("<p class=\"quote-inline\">RE: ", "<p>RE: "));
    }

    /// The activity that brings a changed note.
    public static String update(As2 draft, ObjectNode note) {
        ObjectNode update = Documents.object();
        update.putArray("@context");
        draft.node().properties().forEach(e -> update.set(e.getKey(), e.getValue()));
        // To those the note was for, and nobody else.
        update.set("to", note.path("to"));
        update.set("cc", note.path("cc"));
        update.set("object", note);
        update.set("@context", Contexts.of(update));
        return Documents.write(update);
    }

    /// A later version of a note keeps the stamp as long as it quotes the same, and the permission to answer.
    ///
    /// @param stored the version before
    public static void keep(ObjectNode note, As2 stored) {
        ApprovalAmendment.keep(note, stored);
        boolean same = new As2(note).ref("quote").equals(stored.ref("quote"));
        if (same && note.has("quote") && !note.has(STAMP)) {
            stored.ref(STAMP).ifPresent(stamp -> note.put(STAMP, stamp));
        }
    }
}
