package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Markdown as PeerTube sends it: links become links, emphasis and headings lose their signs, everything else stays
/// as it was typed. One pass, linear in the length.
final class MarkdownReader {
    private static final int MAX_LINKS = 500;
    private static final Pattern TOKEN =
            Pattern.compile("\\[(?<words>[^\\]\\[\n]{1,500})]\\((?<target>[^()\\s]{1,2048})\\)"
                    + "|(?<bare>https?://[^\\s<>\"\\])]{1,2048})"
                    + "|(?<sign>\\*\\*|__|(?m:^)#{1,6} )"
                    + "|\\\\(?<escaped>[\\\\`*_{}\\[\\]()#+.!-])");
    private static final Pattern BARE = Pattern.compile("(?<bare>https?://[^\\s<>\"\\])]{1,2048})");
    private static final Pattern TRAILING = Pattern.compile("[.,;:!?']+$");

    private final StringBuilder out = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();

    private MarkdownReader() {}

    static RichText read(String markdown) {
        var reader = new MarkdownReader();
        return reader.run(clean(markdown), TOKEN, true);
    }

    /// Text without markup, in which addresses are links.
    static RichText plain(String text) {
        return new MarkdownReader().run(clean(text), BARE, false);
    }

    private static String clean(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private RichText run(String text, Pattern tokens, boolean markup) {
        Matcher found = tokens.matcher(text);
        int at = 0;
        while (found.find() && facets.size() < MAX_LINKS) {
            out.append(text, at, found.start());
            at = found.end();
            if (found.group("bare") != null) {
                at -= bare(found.group("bare"));
            } else if (markup) {
                marked(found);
            }
        }
        out.append(text.substring(at));
        return new RichText(out.toString(), facets);
    }

    /// @return how many characters at its end do not belong to the address
    private int bare(String address) {
        String bare = TRAILING.matcher(address).replaceAll("");
        link(bare, Uris.tryHttp(bare));
        return address.length() - bare.length();
    }

    private void marked(Matcher found) {
        if (found.group("words") != null) {
            link(found.group("words"), Uris.tryHttp(found.group("target")));
        } else if (found.group("escaped") != null) {
            out.append(found.group("escaped"));
        }
    }

    private void link(String words, Optional<URI> target) {
        int start = out.length();
        out.append(words);
        target.ifPresent(t -> facets.add(new Facet.Link(start, out.length(), t)));
    }
}
