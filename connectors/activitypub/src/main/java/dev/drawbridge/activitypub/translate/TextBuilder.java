package dev.drawbridge.activitypub.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Collects plain text the way a browser would lay it out: white space collapses, blocks are paragraphs.
final class TextBuilder {
    private static final int PARAGRAPH = 2;
    /// Deeper quotes look like this one: a short text must not become a long one.
    private static final int DEEPEST_QUOTE = 5;
    private final StringBuilder out = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    private int breaks;
    private boolean space;
    private int quotes;
    private int preformatted;
    private int contentStart;
    private int spanStart = -1;
    private boolean spanOpen;
    private int nested;

    /// A paragraph ends or begins here.
    void paragraph() {
        breakLines(PARAGRAPH);
    }

    /// A line ends or begins here.
    void line() {
        breakLines(1);
    }

    /// A line break the author asked for; two make a paragraph.
    void lineBreak() {
        breakLines(Math.min(PARAGRAPH, breaks + 1));
    }

    void quote(int by) {
        quotes += by;
    }

    void preformatted(int by) {
        preformatted += by;
    }

    /// Text in front of a line that a paragraph right behind it must not be torn from.
    void bullet(String text) {
        append(text);
        contentStart = out.length();
    }

    void text(String text) {
        for (int at = 0; at < text.length(); ) {
            if (!isGap(text.charAt(at))) {
                int end = at + 1;
                while (end < text.length() && !isGap(text.charAt(end))) {
                    end++;
                }
                begin();
                out.append(text, at, end);
                at = end;
            } else if (preformatted > 0) {
                lineBreak();
                at++;
            } else {
                space = true;
                at++;
            }
        }
    }

    /// Whether a character is not appended as it is: the end of a line, and white space where it collapses.
    private boolean isGap(char c) {
        return preformatted > 0 ? c == '\n' : c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
    }

    /// Appends text as it is, as one span.
    void span(String text, BiFunction<Integer, Integer, Facet> facet) {
        openSpan();
        append(text);
        closeSpan(facet);
    }

    void openSpan() {
        // Broken HTML puts links into links: the outer one counts.
        if (spanOpen) {
            nested++;
            return;
        }
        spanOpen = true;
        spanStart = -1;
    }

    /// Ends the span; nothing happens if it turned out empty.
    void closeSpan(BiFunction<Integer, Integer, Facet> facet) {
        if (nested > 0) {
            nested--;
            return;
        }
        spanOpen = false;
        if (spanStart >= 0 && out.length() > spanStart) {
            facets.add(facet.apply(spanStart, out.length()));
        }
    }

    RichText build() {
        return new RichText(out.toString(), facets);
    }

    private void append(String text) {
        if (!text.isEmpty()) {
            begin();
            out.append(text);
        }
    }

    private void breakLines(int wanted) {
        if (out.length() > contentStart) {
            breaks = Math.max(breaks, wanted);
        }
        space = false;
    }

    private void begin() {
        boolean newLine = breaks > 0 || out.isEmpty();
        out.append("\n".repeat(breaks));
        if (newLine) {
            out.append("> ".repeat(Math.min(quotes, DEEPEST_QUOTE)));
            contentStart = out.length();
        } else if (space) {
            out.append(' ');
        }
        breaks = 0;
        space = false;
        if (spanOpen && spanStart < 0) {
            spanStart = out.length();
        }
    }
}
