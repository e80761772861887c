package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;

/// The whole text of an original as HTML, for the field `bridgyOriginalText` that clients of the network know.
final class OriginalText {
    private OriginalText() {}

    static String html(RichText text) {
        StringBuilder out = new StringBuilder("<p>");
        int at = 0;
        for (Facet facet : text.facets()) {
            out.append(escape(text.text().substring(at, facet.start())));
            String span = escape(text.span(facet));
            out.append(facet instanceof Facet.Link link && web(link) ? anchor(link, span) : span);
            at = facet.end();
        }
        out.append(escape(text.text().substring(at)));
        return out.append("</p>").toString();
    }

    private static boolean web(Facet.Link link) {
        String scheme = link.target().getScheme();
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }

    private static String anchor(Facet.Link link, String span) {
        return "<a href=\"" + escape(link.target().toString()) + "\">" + span + "</a>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n\n", "</p><p>")
                .replace("\n", "<br>");
    }
}
