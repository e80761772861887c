package dev.drawbridge.feed.translate;

import dev.drawbridge.feed.object.Addresses;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// Cleaned HTML as plain text with links: blocks become paragraphs, list items lines with a bullet or a number.
final class HtmlText implements NodeVisitor {
    private static final int NONE = -1;
    private static final int NOT_YET = -2;

    private final StringBuilder out = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    /// Line ends that are due before the next word.
    private int breaks;
    private boolean space;
    private int preformatted;
    private int quoted;
    /// Where the link begins that is open; [#NOT_YET] before its first word, [#NONE] without one.
    private int linkStart = NONE;

    private HtmlText() {}

    static RichText of(String html) {
        var text = new HtmlText();
        Jsoup.parseBodyFragment(html).body().traverse(text);
        return new RichText(text.out.toString(), text.facets);
    }

    @Override
    public void head(Node node, int depth) {
        switch (node) {
            case TextNode words -> words(words.getWholeText());
            case Element element -> open(element);
            default -> {}
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            close(element);
        }
    }

    private void open(Element element) {
        switch (element.normalName()) {
            case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "figure" -> breaks(2);
            case "blockquote" -> {
                breaks(2);
                quoted++;
            }
            case "pre" -> {
                breaks(2);
                preformatted++;
            }
            case "li" -> {
                breaks(1);
                bullet(element);
            }
            case "tr", "dt", "dd", "figcaption", "caption" -> breaks(1);
            case "td", "th" -> space = true;
            case "br" -> breaks(Math.min(2, breaks + 1));
            case "a" -> linkStart = NOT_YET;
            default -> {}
        }
    }

    private void close(Element element) {
        switch (element.normalName()) {
            case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "figure" -> breaks(2);
            case "blockquote" -> {
                breaks(2);
                quoted--;
            }
            case "pre" -> {
                breaks(2);
                preformatted--;
            }
            case "li", "tr", "dt", "dd", "figcaption", "caption" -> breaks(1);
            case "a" -> endLink(element);
            default -> {}
        }
    }

    private void endLink(Element element) {
        Optional<URI> target = Addresses.http(element.attr("href"));
        if (linkStart >= 0 && target.isPresent() && out.length() > linkStart) {
            facets.add(new Facet.Link(linkStart, out.length(), target.get()));
        }
        linkStart = NONE;
    }

    private void bullet(Element item) {
        Element list = item.parent();
        boolean numbered = list != null && list.normalName().equals("ol");
        String mark = numbered ? (item.elementSiblingIndex() + 1) + ". " : "• ";
        begin();
        out.append(mark);
        breaks = 0;
        space = false;
    }

    private void words(String text) {
        if (preformatted > 0) {
            lines(text);
            return;
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
                space = true;
            } else {
                begin();
                out.append(c);
            }
        }
    }

    private void lines(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                breaks(1);
            }
            if (!lines.get(i).isBlank()) {
                begin();
                out.append(lines.get(i).stripTrailing());
            }
        }
    }

    private void breaks(int wanted) {
        breaks = Math.max(breaks, wanted);
        space = false;
    }

    /// What is due before a word.
    private void begin() {
        // A paragraph in a list item is not torn from its bullet, the only thing that leaves a space at the end.
        boolean fresh = out.isEmpty() || out.charAt(out.length() - 1) == ' ';
        boolean line = out.isEmpty() || (breaks > 0 && !fresh);
        if (line) {
            out.append("\n".repeat(out.isEmpty() ? 0 : breaks)).append("> ".repeat(Math.min(quoted, 3)));
        } else if (space && !fresh) {
            out.append(' ');
        }
        breaks = 0;
        space = false;
        if (linkStart == NOT_YET) {
            linkStart = out.length();
        }
    }
}
