package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.translate.ApprovalAmendment;
import dev.drawbridge.activitypub.translate.QuoteAmendment;
import dev.drawbridge.model.spi.NativeDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Fills in drafts that only say what changes about something our actors said: the translator does not know it, we
/// have it.
public final class Amendments {
    private final Utterances utterances;

    public Amendments(Utterances utterances) {
        this.utterances = utterances;
    }

    /// @return the draft with the whole thing in it, or itself if it changes none; empty if it was taken back or is
    ///     about something else
    public Optional<NativeDraft> complete(NativeDraft draft) {
        if (draft.copy().isPresent()) {
            // Makes something, and so changes nothing.
            return Optional.of(draft);
        }
        List<String> whole = new ArrayList<>();
        for (String document : draft.documents()) {
            Optional<String> completed = complete(document);
            if (completed.isEmpty()) {
                return Optional.empty();
            }
            whole.add(completed.get());
        }
        return Optional.of(new NativeDraft(draft.ghost(), draft.copy(), whole, draft.parts()));
    }

    private Optional<String> complete(String document) {
        if (!document.contains(QuoteAmendment.MARK)) {
            return Optional.of(document);
        }
        As2 update = Documents.parse(document)
                .found()
                .orElseThrow(() -> new IllegalArgumentException("not an activity: " + document));
        As2 change = update.object("object")
                .orElseThrow(() -> new IllegalArgumentException("nothing is changed by " + document));
        return change.id()
                .flatMap(utterances::find)
                .filter(said -> !said.gone())
                .flatMap(said -> Documents.parse(said.json())
                        .found()
                        .flatMap(stored -> whole(((ObjectNode) stored.node()).deepCopy(), said, update, change)));
    }

    private static Optional<String> whole(ObjectNode stored, Utterance said, As2 draft, As2 change) {
        if (change.text("amends").filter(ApprovalAmendment.KIND::equals).isPresent()) {
            return ApprovalAmendment.apply(stored, said.isObject(), change);
        }
        return QuoteAmendment.apply(stored, change)
                ? Optional.of(QuoteAmendment.update(draft, stored))
                : Optional.empty();
    }
}
