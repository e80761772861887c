package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.page.PageLanguage;
import dev.drawbridge.model.page.PagePolicy;
import dev.drawbridge.model.page.PlainText;
import dev.drawbridge.model.spi.HttpReply;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/// A page for people with a browser: plain HTML in the frame of the house, which runs nothing and takes nothing from
/// elsewhere.
///
/// Text goes in through [#escape(String)], what was written as HTML through [#clean(String)]; links only if they are
/// http.
final class Page {
    /// What people who write HTML name parts of it by; any other class could look like a part of ours.
    private static final Set<String> CLASSES = Set.of("mention", "hashtag", "u-url", "h-card", "invisible", "ellipsis");

    private static final Safelist TEXT = Safelist.none()
            .addTags("p", "br", "a", "span", "em", "strong", "b", "i", "u", "del", "code", "pre", "blockquote")
            .addTags("ul", "ol", "li")
            .addAttributes("a", "href", "class", "rel")
            .addAttributes("span", "class")
            .addProtocols("a", "href", "http", "https")
            .addEnforcedAttribute("a", "rel", "nofollow noopener ugc");

    /// What is of no network but ours.
    static final String BRIDGE = "bridge";

    private final PageWords words;
    private final String title;
    private final String kind;
    private final StringBuilder main = new StringBuilder();
    private final StringBuilder head = new StringBuilder();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean indexed;

    /// @param kind a class of the main part: the network something came from
    Page(PageWords words, String title, String kind) {
        this.words = words;
        this.title = title;
        this.kind = kind;
    }

    static Page gone(PageWords words) {
        return new Page(words, words.say("gone.title"), BRIDGE)
                .html("<h1>" + escape(words.say("gone.title")) + "</h1>")
                .html("<p>" + escape(words.say("gone.what")) + "</p>");
    }

    /// Adds what is escaped already.
    Page html(String escaped) {
        main.append(escaped).append('\n');
        return this;
    }

    /// Adds to the head what is escaped already.
    Page head(String escaped) {
        head.append(escaped).append('\n');
        return this;
    }

    /// Names the same thing as a document and, if there is one, where the original is.
    Page about(String document, Optional<String> original) {
        head("<link rel=\"alternate\" type=\"application/activity+json\" href=\"" + escape(document) + "\">");
        headers.put("Link", "<" + document + ">; rel=\"alternate\"; type=\"application/activity+json\"");
        original.ifPresent(page -> head("<link rel=\"canonical\" href=\"" + escape(page) + "\">"));
        return this;
    }

    /// Lets search engines list it. They are kept away otherwise.
    Page indexed(boolean allowed) {
        indexed = allowed;
        return this;
    }

    /// See [PageWords#say].
    String say(String key, String... with) {
        return words.say(key, with);
    }

    HttpReply reply(int status) {
        HttpReply reply = HttpReply.of(status, Negotiation.Form.PAGE.contentType(), whole());
        for (var header : PagePolicy.STILL_HEADERS.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        for (var header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        if (words.asked()) {
            reply = reply.with("Set-Cookie", PageLanguage.cookie(words.language()));
        }
        return indexed ? reply : reply.with("X-Robots-Tag", "noindex");
    }

    private String whole() {
        String robots = indexed ? "" : "<meta name=\"robots\" content=\"noindex\">\n";
        return "<!doctype html>\n<html lang=\"" + words.language().toLanguageTag() + "\">\n<head>\n"
                + "<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                + "<title>" + escape(title) + "</title>\n" + robots + head
                + "<link rel=\"icon\" href=\"" + PagePolicy.ICON + "\" type=\"image/svg+xml\">\n"
                + "<link rel=\"stylesheet\" href=\"" + PagePolicy.STYLESHEET + "\">\n</head>\n<body>\n"
                + "<header class=\"top\"><a class=\"skip\" href=\"#main\">" + escape(words.say("frame.skip"))
                + "</a><a class=\"home\" href=\"/\">" + escape(words.say("frame.home")) + "</a></header>\n"
                + "<main id=\"main\">\n<article class=\"card " + kind + "\">\n" + main + "</article>\n</main>\n"
                + "<footer class=\"bottom\">" + languages() + "</footer>\n</body>\n</html>\n";
    }

    private String languages() {
        var links = new StringBuilder();
        for (Locale language : PageLanguage.ALL) {
            String tag = language.toLanguageTag();
            String current = language.equals(words.language()) ? " aria-current=\"true\"" : "";
            links.append("<a href=\"?")
                    .append(escape(words.kept() + PageLanguage.NAME + "=" + tag))
                    .append("\" lang=\"" + tag + "\" hreflang=\"" + tag + "\"" + current + ">")
                    .append(escape(own(language)))
                    .append("</a>");
        }
        return "<nav class=\"languages\" aria-label=\"" + escape(words.say("frame.languages")) + "\">" + links
                + "</nav>";
    }

    /// What a language calls itself.
    private static String own(Locale language) {
        String name = language.getDisplayLanguage(language);
        return name.substring(0, 1).toUpperCase(language) + name.substring(1);
    }

    /// A link if the address is one that people can follow, else only its text.
    static String link(String address, String text) {
        return Uris.isHttp(address)
                ? "<a href=\"" + escape(address) + "\" rel=\"nofollow noopener\">" + escape(text) + "</a>"
                : escape(text);
    }

    /// What remains of HTML when everything but text, paragraphs, lists and links is taken out.
    static String clean(String html) {
        Document clean = new Cleaner(TEXT).clean(Jsoup.parseBodyFragment(html));
        clean.select("[class]").forEach(Page::keepKnownClasses);
        // What is wider than the page is moved with the keyboard too.
        clean.select("pre").attr("tabindex", "0");
        clean.outputSettings(new Document.OutputSettings().prettyPrint(false));
        return PlainText.of(clean.body().html());
    }

    private static void keepKnownClasses(Element element) {
        Set<String> known = new LinkedHashSet<>(element.classNames());
        known.retainAll(CLASSES);
        element.classNames(known);
        if (known.isEmpty()) {
            element.removeAttr("class");
        }
    }

    static String escape(String text) {
        return PlainText.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// What people call a network.
    String network(Network network) {
        return switch (network.name()) {
            case "nostr" -> "Nostr";
            case "atproto" -> "Bluesky (AT Protocol)";
            case "feed" -> words.say("from.feed");
            default ->
                network.name().toUpperCase(Locale.ROOT).charAt(0)
                        + network.name().substring(1);
        };
    }
}
