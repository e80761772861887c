package dev.drawbridge.feed.object;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A feed as it was fetched once.
///
/// @param title without markup; may be empty
/// @param description without markup; may be empty
/// @param site the page it belongs to
/// @param icon a picture that stands for it
/// @param language as it says, else empty
/// @param every how long it asks to be left alone between two looks
/// @param hub where its publisher tells subscribers of news ([WebSub](https://www.w3.org/TR/websub/))
/// @param self what it is called there
/// @param entries in the feed's order, newest first as a rule; each id once
public record Feed(
        String title,
        String description,
        Optional<URI> site,
        Optional<URI> icon,
        String language,
        Optional<Duration> every,
        Optional<URI> hub,
        Optional<URI> self,
        List<Entry> entries) {
    /// In UTF-16 units; what was longer is cut and ends in an ellipsis.
    public static final int LONGEST_TITLE = 200;

    /// The same for what it says of itself.
    public static final int LONGEST_DESCRIPTION = 2_000;

    public Feed {
        entries = List.copyOf(entries);
        title = Draft.cut(title, LONGEST_TITLE);
        description = Draft.cut(description, LONGEST_DESCRIPTION);
    }

    /// What changes when it shows something else of itself.
    public String fingerprint() {
        return EntryIds.hash(String.join("\0", title, description, String.valueOf(site), String.valueOf(icon)))
                .substring(0, 22);
    }
}
