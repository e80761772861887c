package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/// Turns the HTML of a note into plain text with facets. Only text and the targets of http links come through, so
/// nothing in the HTML can do harm; elements it does not know lose their tags and keep their text.
///
/// Follows [how Mastodon writes HTML](https://docs.joinmastodon.org/spec/activitypub/#sanitization).
final class HtmlReader implements NodeFilter {
    private static final Set<String> DROPPED = Set.of(
            "script",
            "style",
            "template",
            "iframe",
            "object",
            "embed",
            "noscript",
            "svg",
            "math",
            "head",
            "title",
            "textarea",
            "select",
            "button",
            "audio",
            "video",
            "canvas",
            "rp",
            "rt");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
            "ul",
            "ol",
            "dl",
            "table",
            "section",
            "article",
            "hr",
            "figure",
            "details");
    private static final Set<String> LINES = Set.of("li", "tr", "dt", "dd", "summary", "figcaption");

    /// What plain text cannot show.
    private static final Set<String> FORM = Set.of(
            "b", "strong", "i", "em", "u", "s", "del", "ins", "code", "kbd", "mark", "sub", "sup", "small", "table",
            "ruby", "h1", "h2", "h3", "h4", "h5", "h6", "iframe", "object", "embed", "svg", "math", "audio", "video",
            "canvas");

    private final NoteTags tags;
    /// Elements whose form is lost, in order.
    private final Set<String> plainer = new LinkedHashSet<>();
    private final TextBuilder text = new TextBuilder();
    /// The next number of every list that is open; zero or less for one without numbers.
    private final Deque<Integer> lists = new ArrayDeque<>();

    private HtmlReader(NoteTags tags) {
        this.tags = tags;
    }

    static RichText read(String html, NoteTags tags) {
        return read(html, tags, new ArrayList<>());
    }

    /// @param losses takes what plain text cannot show
    static RichText read(String html, NoteTags tags, List<Loss> losses) {
        var reader = new HtmlReader(tags);
        NodeTraversor.filter(reader, Jsoup.parseBodyFragment(html).body());
        if (!reader.plainer.isEmpty()) {
            losses.add(new Loss("form", "the text goes without " + String.join(", ", reader.plainer)));
        }
        return reader.text.build();
    }

    /// The text alone.
    static String plain(String html) {
        return read(html, NoteTags.NONE).text();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode words) {
            text.text(words.getWholeText());
            return FilterResult.CONTINUE;
        }
        if (!(node instanceof Element element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        String name = element.normalName();
        if (FORM.contains(name)) {
            plainer.add(name);
        }
        if (isLeftOut(element)) {
            return FilterResult.SKIP_ENTIRELY;
        }
        open(element, name);
        return name.equals("a") ? anchor(element) : FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            close(element, element.normalName());
        }
        return FilterResult.CONTINUE;
    }

    private static boolean isHidden(Element element) {
        return element.hasAttr("class") && (element.hasClass("invisible") || element.hasClass("quote-inline"));
    }

    private void open(Element element, String name) {
        if (PARAGRAPHS.contains(name)) {
            boolean nested = !lists.isEmpty() && (name.equals("ul") || name.equals("ol"));
            if (nested) {
                text.line();
            } else {
                text.paragraph();
            }
        } else if (LINES.contains(name)) {
            text.line();
        }
        switch (name) {
            case "br" -> text.lineBreak();
            case "blockquote" -> text.quote(1);
            case "pre" -> text.preformatted(1);
            case "ul" -> lists.push(Integer.MIN_VALUE);
            case "ol" -> lists.push(1);
            case "li" -> bullet();
            case "img" -> text.text(element.attr("alt"));
            default -> {}
        }
    }

    private void close(Element element, String name) {
        switch (name) {
            case "a" -> target(element).ifPresent(uri -> text.closeSpan((s, e) -> new Facet.Link(s, e, uri)));
            case "blockquote" -> text.quote(-1);
            case "pre" -> text.preformatted(-1);
            case "ul", "ol" -> lists.pop();
            default -> {}
        }
        if (element.hasAttr("class") && element.hasClass("ellipsis")) {
            text.text("…");
        }
        if (PARAGRAPHS.contains(name) && lists.isEmpty()) {
            text.paragraph();
        } else if (LINES.contains(name) || PARAGRAPHS.contains(name)) {
            text.line();
        }
    }

    private void bullet() {
        if (lists.isEmpty()) {
            return;
        }
        int number = lists.pop();
        text.bullet(number > 0 ? number + ". " : "• ");
        lists.push(number + 1);
    }

    private FilterResult anchor(Element anchor) {
        switch (named(anchor, tags)) {
            case Named.Tag(String shown) -> text.span(shown, (s, e) -> new Facet.Hashtag(s, e, shown.substring(1)));
            case Named.Person(NoteTags.Mention person, String handle) ->
                text.span(handle, (s, e) -> new Facet.Mention(s, e, CopyIds.id(person.href())));
            case Named.Nobody _ -> {
                if (Uris.isHttp(anchor.attr("href").strip())) {
                    text.openSpan();
                }
                return FilterResult.CONTINUE;
            }
        }
        return FilterResult.SKIP_ENTIRELY;
    }

    /// What a link stands for beside a page.
    sealed interface Named {
        /// @param shown with its `#`
        record Tag(String shown) implements Named {}

        record Person(NoteTags.Mention person, String handle) implements Named {}

        record Nobody() implements Named {}
    }

    static Named named(Element anchor, NoteTags tags) {
        String shown = anchor.text().strip();
        boolean marked = anchor.hasClass("hashtag") || anchor.attr("rel").contains("tag");
        if (shown.startsWith("#") && shown.length() > 1 && (marked || tags.isHashtag(shown))) {
            return new Named.Tag(shown);
        }
        var mention = shown.startsWith("@") || anchor.hasClass("mention")
                ? tags.mention(anchor.attr("href"), shown)
                : Optional.<NoteTags.Mention>empty();
        return mention.<Named>map(person -> new Named.Person(person, person.handle(shown)))
                .orElseGet(Named.Nobody::new);
    }

    /// Whether an element has lines of its own.
    static boolean isBlock(Element element) {
        return PARAGRAPHS.contains(element.normalName()) || LINES.contains(element.normalName());
    }

    /// Whether an element is left out with all that is in it.
    static boolean isLeftOut(Element element) {
        return DROPPED.contains(element.normalName()) || isHidden(element);
    }

    private static Optional<URI> target(Element anchor) {
        return Uris.tryHttp(anchor.attr("href").strip());
    }
}
