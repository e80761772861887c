package dev.drawbridge.feed.object;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One entry of a feed.
///
/// @param id what tells it from all others of its feed, for ever: see [EntryIds]
/// @param link the page it leads to
/// @param title without markup; may be empty
/// @param summary a few words about it, without markup; may be empty
/// @param html what it says, cleaned, with whole addresses; may be empty
/// @param files what belongs to it, in the feed's order
/// @param tags without `#`
/// @param language as the feed says, else empty
/// @param published when it was published, if the feed gives a time that can be
/// @param updated when it was changed last
public record Entry(
        String id,
        Optional<URI> link,
        String title,
        String summary,
        String html,
        List<Enclosure> files,
        List<String> tags,
        String language,
        Optional<Instant> published,
        Optional<Instant> updated) {
    /// How many files are carried; what is beyond the next one is not read.
    public static final int MOST_FILES = 16;

    /// In UTF-16 units; what was longer is cut and ends in an ellipsis, which makes it one longer.
    public static final int LONGEST_TITLE = 500;

    /// The same for the few words about it.
    public static final int LONGEST_SUMMARY = 2_000;

    public Entry {
        files = List.copyOf(files);
        tags = List.copyOf(tags);
    }

    /// The same with these times.
    public Entry at(Instant publishedAt, Optional<Instant> updatedAt) {
        return new Entry(id, link, title, summary, html, files, tags, language, Optional.of(publishedAt), updatedAt);
    }

    /// What changes when its author changes it: title, words and files. Not the addresses in its text nor their
    /// queries: many sites write these anew for every reader.
    public String fingerprint() {
        var all = new StringBuilder(title).append('\0').append(summary).append('\0');
        all.append(Html.plain(html));
        for (Enclosure file : files) {
            all.append('\0')
                    .append(file.url().getRawAuthority())
                    .append(file.url().getRawPath());
        }
        return EntryIds.hash(all.toString()).substring(0, 22);
    }
}
