package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Audience;
import dev.drawbridge.activitypub.object.Audience.Reach;
import java.util.Optional;

/// What a post says that everybody may read, without its form.
public final class PublicText {
    private PublicText() {}

    /// @param author whose it has to be
    /// @return empty if it is no post, not theirs alone, or not for everybody
    public static Optional<String> of(As2 note, String author) {
        Reach reach = Audience.of(note).reach(author);
        boolean theirs = note.refs("attributedTo").stream().allMatch(author::equals)
                && note.ref("attributedTo").isPresent();
        return theirs && NoteReader.looksLike(note) && (reach == Reach.PUBLIC || reach == Reach.UNLISTED)
                ? note.naturalText("content").map(HtmlReader::plain)
                : Optional.empty();
    }
}
