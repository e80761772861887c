package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Whether the author of a quoted post really allowed the quote
/// ([FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md)): the stamp a note shows is
/// asked for on the quoted author's own host, and has to be about this note and that post. A stamp that does not hold,
/// or cannot be asked for just now, is taken off the note, which then has a link instead.
public final class QuoteConfirmation {
    private static final String STAMP = "quoteAuthorization";
    private static final String TYPE = "QuoteAuthorization";
    private static final String FULL_TYPE = "https://w3id.org/fep/044f#" + TYPE;
    private final RemoteDocuments documents;
    private final Addresses addresses;

    public QuoteConfirmation(RemoteDocuments documents, Addresses addresses) {
        this.documents = documents;
        this.addresses = addresses;
    }

    /// Whether somebody has to be asked about an activity.
    static boolean concerns(As2 activity) {
        return activity.object("object").filter(note -> note.has(STAMP)).isPresent();
    }

    /// @return the activity, without a stamp that does not hold
    As2 checked(As2 activity) {
        return checked(activity, () -> true);
    }

    /// The same, a request at a time.
    ///
    /// @param turn called before each request; false if no more may be made, and then the stamp does not count
    As2 checked(As2 activity, BooleanSupplier turn) {
        Optional<As2> note = activity.object("object").filter(o -> o.has(STAMP));
        if (note.isEmpty() || holds(note.get(), turn)) {
            return activity;
        }
        return activity.with("object", note.get().without(STAMP).node());
    }

    /// The same for a note alone.
    As2 checkedNote(As2 note) {
        return !note.has(STAMP) || holds(note, () -> true) ? note : note.without(STAMP);
    }

    private boolean holds(As2 note, BooleanSupplier turn) {
        Optional<String> id = note.id();
        Optional<String> quoted = note.ref("quote");
        Optional<String> stamp = note.ref(STAMP);
        if (id.isEmpty() || quoted.isEmpty() || stamp.isEmpty()) {
            return false;
        }
        if (addresses.ours(quoted.get())) {
            // The engine knows what its author allows.
            return true;
        }
        if (!Uris.sameOrigin(stamp.get(), quoted.get()) || !turn.getAsBoolean()) {
            return false;
        }
        Optional<String> author = documents
                .object(stamp.get())
                .found()
                .filter(s -> s.isA(TYPE, FULL_TYPE))
                .filter(s -> s.ref("interactingObject").equals(id))
                .filter(s -> s.ref("interactionTarget").equals(quoted))
                .flatMap(s -> s.ref("attributedTo"));
        return author.isPresent()
                && turn.getAsBoolean()
                && documents
                        .object(quoted.get())
                        .found()
                        .filter(post -> post.refs("attributedTo").contains(author.get()))
                        .isPresent();
    }
}
