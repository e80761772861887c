package dev.drawbridge.feed.object;

import java.net.URI;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Entities;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Safelist;

/// HTML that others wrote. Only what is on the list stays.
public final class Html {
    /// What is longer is not somebody's text.
    private static final int LONGEST = 300_000;
    /// Stands for it.
    public static final String TOO_LONG = "<p>…</p>";

    private static final Safelist ALLOWED = Safelist.relaxed()
            .removeProtocols("a", "href", "ftp", "mailto")
            .addTags("figure", "figcaption", "s", "del")
            .preserveRelativeLinks(false);

    private Html() {}

    /// @param base what relative addresses count from
    /// @return [#TOO_LONG] if it is too long to be anybody's text
    static String cleaned(String html, URI base) {
        if (html.length() > LONGEST) {
            return TOO_LONG;
        }
        var output = new Document.OutputSettings().prettyPrint(false);
        return Jsoup.clean(html, base.toString(), ALLOWED, output).strip();
    }

    /// Whether a text that has at most `longest` characters was longer before it was read.
    public static boolean isCut(String text, int longest) {
        return text.length() >= longest && text.endsWith("…");
    }

    /// The words alone, on one line.
    public static String plain(String html) {
        return html.length() > LONGEST
                ? ""
                : Jsoup.parseBodyFragment(html).text().strip();
    }

    /// A title or a name: markup and what was escaped twice is read as a browser would.
    static String line(String text) {
        String once = text.indexOf('<') < 0 && text.indexOf('&') < 0 ? text : plain(text);
        return once.replaceAll("\\s+", " ").strip();
    }

    /// What `&name;` stands for; empty if HTML does not know it.
    static String entity(String name) {
        String written = "&" + name + ";";
        String read = Parser.unescapeEntities(written, false);
        return read.equals(written) ? "" : read;
    }

    static String escaped(String text) {
        return Entities.escape(text);
    }
}
