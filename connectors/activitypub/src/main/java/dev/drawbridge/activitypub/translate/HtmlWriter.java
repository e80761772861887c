package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.net.URI;

/// Writes rich text as the little HTML that every server keeps: paragraphs, line breaks, and links marked the way
/// Mastodon marks them. Well-formed.
final class HtmlWriter {
    private final RichText text;
    private final StringBuilder out = new StringBuilder();

    private HtmlWriter(RichText text) {
        this.text = text;
    }

    /// How people are named here.
    @FunctionalInterface
    interface People {
        /// The markup of a mention; plain text (escaped) if the person cannot be linked.
        String markup(Facet.Mention mention, String span);
    }

    static String write(RichText text, People people, CopyIds ids) {
        return text.text().isBlank() ? "" : new HtmlWriter(text).document(people, ids);
    }

    private String document(People people, CopyIds ids) {
        out.append("<p>");
        int at = leadingBreaks();
        for (Facet facet : text.facets()) {
            words(text.text().substring(at, facet.start()), "", "");
            String span = text.span(facet);
            switch (facet) {
                case Facet.Mention mention -> out.append(people.markup(mention, span));
                case Facet.Hashtag tag -> out.append(hashtag(tag, span, ids));
                case Facet.Link link
                when isWeb(link.target()) -> words(span, anchor(link.target().toString()), "</a>");
                // What is no page may be a program: the words are enough.
                case Facet.Link _ -> words(span, "", "");
            }
            at = facet.end();
        }
        int end = text.text().length();
        while (end > at && text.text().charAt(end - 1) == '\n') {
            end--;
        }
        words(text.text().substring(at, end), "", "");
        return out.append("</p>").toString();
    }

    private static boolean isWeb(URI target) {
        return "https".equalsIgnoreCase(target.getScheme()) || "http".equalsIgnoreCase(target.getScheme());
    }

    private int leadingBreaks() {
        int limit = text.facets().isEmpty()
                ? text.text().length()
                : text.facets().getFirst().start();
        int at = 0;
        while (at < limit && text.text().charAt(at) == '\n') {
            at++;
        }
        return at;
    }

    /// Appends words, between `open` and `close` in each paragraph of them.
    private void words(String words, String open, String close) {
        String[] lines = words.split("\n", -1);
        boolean opened = false;
        for (int i = 0; i < lines.length; i++) {
            int blank = 0;
            while (i < lines.length - 1 && lines[i].isEmpty() && i > 0) {
                i++;
                blank++;
            }
            if (blank > 0 && opened) {
                out.append(close);
                opened = false;
            }
            if (i > 0) {
                out.append(blank > 0 ? "</p><p>" : "<br />");
            }
            if (!lines[i].isEmpty()) {
                out.append(opened ? "" : open).append(escape(lines[i]));
                opened = true;
            }
        }
        out.append(opened ? close : "");
    }

    static String anchor(String href) {
        return "<a href=\"" + escape(href) + "\" target=\"_blank\" rel=\"nofollow noopener\">";
    }

    /// @param handle `@user@host`
    static String mention(String href, String handle) {
        String user = handle.substring(1).split("@", 2)[0];
        return "<span class=\"h-card\" translate=\"no\"><a href=\"" + escape(href)
                + "\" class=\"u-url mention\">@<span>" + escape(user) + "</span></a></span>";
    }

    static String hashtag(Facet.Hashtag tag, String span, CopyIds ids) {
        String shown = span.startsWith("#") ? span.substring(1) : span;
        return "<a href=\"" + escape(ids.hashtag(tag.tag())) + "\" class=\"mention hashtag\" rel=\"tag\">#<span>"
                + escape(shown) + "</span></a>";
    }

    /// The text as it stands in HTML, without control characters.
    static String escape(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    if (isPlain(c)) {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /// Whether a character stands for itself. Line ends and tabs do; what else is below a space goes.
    private static boolean isPlain(char c) {
        return switch (c) {
            case '&', '<', '>', '"', '\u007F' -> false;
            case '\t', '\n', '\r' -> true;
            default -> c >= ' ';
        };
    }
}
