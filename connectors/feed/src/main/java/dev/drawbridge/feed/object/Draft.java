package dev.drawbridge.feed.object;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An entry while it is read. Bounds everything that a feed can make long.
final class Draft {
    /// One more than is carried, so that whoever carries it sees that there was more.
    private static final int MOST_FILES = Entry.MOST_FILES + 1;

    private static final int MOST_TAGS = 30;
    private static final int LONGEST_TAG = 100;

    private final URI base;
    private final Map<URI, Enclosure> files = new LinkedHashMap<>();
    private final List<String> tags = new ArrayList<>();
    Optional<String> id = Optional.empty();
    Optional<URI> link = Optional.empty();
    String title = "";
    String summary = "";
    String html = "";
    String language = "";
    /// As it is written: part of the id of an entry that has no other.
    String time = "";

    Optional<Instant> published = Optional.empty();
    Optional<Instant> updated = Optional.empty();

    /// @param base what relative addresses count from
    Draft(URI base) {
        this.base = base;
    }

    void link(String address) {
        if (link.isEmpty()) {
            link = Addresses.http(base, address);
        }
    }

    void title(String markup) {
        title = cut(Html.line(markup), Entry.LONGEST_TITLE);
    }

    void summary(String markup) {
        summary = cut(Html.line(markup), Entry.LONGEST_SUMMARY);
    }

    void html(String markup, URI from) {
        html = Html.cleaned(markup, from);
    }

    void file(Enclosure file) {
        if (files.size() < MOST_FILES) {
            files.putIfAbsent(file.url(), file);
        }
    }

    Optional<URI> address(String text) {
        return Addresses.http(base, text);
    }

    void tag(String text) {
        String tag = Html.line(text).replaceFirst("^#+", "");
        if (!tag.isEmpty() && tag.length() <= LONGEST_TAG && tags.size() < MOST_TAGS && !tags.contains(tag)) {
            tags.add(tag);
        }
    }

    /// @return empty if it says nothing at all
    Optional<Entry> entry() {
        if (title.isEmpty() && summary.isEmpty() && html.isEmpty() && files.isEmpty() && link.isEmpty()) {
            return Optional.empty();
        }
        String name = EntryIds.of(id, link, title, time, html.isEmpty() ? summary : html);
        return Optional.of(new Entry(
                name, link, title, summary, html, List.copyOf(files.values()), tags, language, published, updated));
    }

    /// Not through the middle of a character.
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
