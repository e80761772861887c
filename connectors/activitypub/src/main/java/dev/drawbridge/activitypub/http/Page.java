package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Safelist;

/// A page for people with a browser: plain HTML that runs nothing and asks nobody but us, apart from pictures.
///
/// Text goes in through [#escape(String)], what was written as HTML through [#clean(String)]; links only if they are
/// http.
final class Page {
    /// Where [#LOOK] is served.
    static final String LOOK_PATH = "/ap/look.css";

    static final String LOOK = """
        :root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2327;--soft:#5b6670;--line:#e3dfd6;
        --bridge:#1f7a4d;--nostr:#b3207f;--atproto:#0b67d0;--feed:#9a5b00}
        @media(prefers-color-scheme:dark){:root{--paper:#14181b;--card:#1b2024;--ink:#e8e6e1;--soft:#a3adb5;
        --line:#2d343a;--bridge:#6fd3a0;--nostr:#f28ccb;--atproto:#7db7ff;--feed:#e5b25d}}
        body{margin:0 auto;padding:1rem;max-width:66ch;background:var(--paper);color:var(--ink);
        font:16px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
        a{color:inherit}
        main{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--soft);
        border-radius:10px;padding:1rem}
        main.nostr{border-left-color:var(--nostr)}main.atproto{border-left-color:var(--atproto)}
        main.feed{border-left-color:var(--feed)}main.bridge{border-left-color:var(--bridge)}
        h1{margin:0;font-size:1.4rem}.soft{color:var(--soft)}.picture{width:5rem;height:5rem;border-radius:10px;
        object-fit:cover;float:right;margin-left:1rem}dt{color:var(--soft)}dd{margin:0 0 .5rem}
        footer{margin-top:1rem;color:var(--soft)}.invisible{display:none}
        """;

    private static final Safelist TEXT = Safelist.none()
            .addTags("p", "br", "a", "span", "em", "strong", "b", "i", "u", "del", "code", "pre", "blockquote")
            .addTags("ul", "ol", "li")
            .addAttributes("a", "href", "class", "rel")
            .addAttributes("span", "class")
            .addProtocols("a", "href", "http", "https")
            .addEnforcedAttribute("a", "rel", "nofollow noopener ugc");

    private final String title;
    private final String kind;
    private final StringBuilder main = new StringBuilder();
    private final StringBuilder head = new StringBuilder();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean indexed;

    /// @param kind a class of the main part: the network something came from
    Page(String title, String kind) {
        this.title = title;
        this.kind = kind;
    }

    static Page gone() {
        return new Page("Gone", "bridge").html("<h1>Gone</h1><p>This was here once and was taken back.</p>");
    }

    /// Adds what is escaped already.
    Page html(String escaped) {
        main.append(escaped).append('\n');
        return this;
    }

    /// Names the same thing as a document and, if there is one, where the original is.
    Page about(String document, Optional<String> original) {
        head.append("<link rel=\"alternate\" type=\"application/activity+json\" href=\"")
                .append(escape(document))
                .append("\">\n");
        headers.put("Link", "<" + document + ">; rel=\"alternate\"; type=\"application/activity+json\"");
        original.ifPresent(page -> head.append("<link rel=\"canonical\" href=\"")
                .append(escape(page))
                .append("\">\n"));
        return this;
    }

    /// Lets search engines list it. They are kept away otherwise.
    Page indexed(boolean allowed) {
        indexed = allowed;
        return this;
    }

    HttpReply reply(int status) {
        String robots = indexed ? "" : "<meta name=\"robots\" content=\"noindex\">\n";
        String html = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>" + escape(title) + "</title>\n" + robots + head
                + "<link rel=\"stylesheet\" href=\"" + LOOK_PATH + "\">\n</head>\n<body>\n<main class=\"" + kind
                + "\">\n" + main + "</main>\n</body>\n</html>\n";
        HttpReply reply = HttpReply.of(status, Negotiation.Form.PAGE.contentType(), html)
                .with(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src https:; base-uri 'none'; form-action 'none'; "
                                + "frame-ancestors 'none'")
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff");
        for (var header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return indexed ? reply : reply.with("X-Robots-Tag", "noindex");
    }

    /// A link if the address is one that people can follow, else only its text.
    static String link(String address, String text) {
        return Uris.isHttp(address)
                ? "<a href=\"" + escape(address) + "\" rel=\"nofollow noopener\">" + escape(text) + "</a>"
                : escape(text);
    }

    /// What remains of HTML when everything but text, paragraphs, lists and links is taken out.
    static String clean(String html) {
        return Jsoup.clean(html, "", TEXT, new Document.OutputSettings().prettyPrint(false));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// What people call a network.
    static String network(Network network) {
        return switch (network.name()) {
            case "nostr" -> "Nostr";
            case "atproto" -> "Bluesky (AT Protocol)";
            case "feed" -> "a feed";
            default ->
                network.name().toUpperCase(Locale.ROOT).charAt(0)
                        + network.name().substring(1);
        };
    }
}
