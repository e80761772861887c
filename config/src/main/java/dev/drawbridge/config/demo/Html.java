package dev.drawbridge.config.demo;

import java.util.List;

/// Texts to the markup of the Fediverse and back to what a reader sees.
final class Html {
    private Html() {}

    /// A text as one paragraph, with links and hashtags.
    ///
    /// @param tags where hashtags lead, ending in a slash
    static String of(String text, String tags) {
        var out = new StringBuilder("<p>");
        int done = 0;
        for (Span span : Span.in(text)) {
            out.append(escape(text.substring(done, span.start())));
            if (span.hashtag()) {
                out.append("<a href=\"%s%s\" class=\"mention hashtag\" rel=\"tag\">#<span>%s</span></a>"
                        .formatted(tags, span.value(), span.value()));
            } else {
                String address = escape(span.value());
                out.append("<a href=\"%s\" rel=\"nofollow noopener\">%s</a>".formatted(address, address));
            }
            done = span.end();
        }
        return out.append(escape(text.substring(done))).append("</p>").toString();
    }

    /// What is left without markup.
    static String plain(String html) {
        String text = html.replaceAll("(?i)<br\\s*/?>", "\n")
                .replaceAll("(?i)</p>\\s*<p[^>]*>", "\n\n")
                .replaceAll("<[^>]*>", "");
        for (List<String> pair : List.of(
                List.of("&lt;", "<"),
                List.of("&gt;", ">"),
                List.of("&quot;", "\""),
                List.of("&#39;", "'"),
                List.of("&nbsp;", " "),
                List.of("&amp;", "&"))) {
            text = text.replace(pair.getFirst(), pair.getLast());
        }
        return text.strip();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\n", "<br>");
    }
}
