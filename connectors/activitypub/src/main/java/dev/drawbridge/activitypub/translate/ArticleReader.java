package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/// Turns the HTML of an article into its form and words, as
/// [FEP-b2b8](https://codeberg.org/fediverse/fep/src/branch/main/fep/b2b8/fep-b2b8.md) has them. Like [HtmlReader] it
/// lets through nothing but words, addresses of pages and pictures, and the form it knows.
final class ArticleReader {
    private static final Pattern HEADING = Pattern.compile("h([1-6])");
    private static final Pattern LANGUAGE = Pattern.compile("(?:^|\\s)(?:language|lang)-([A-Za-z0-9+#.-]{1,32})");
    /// Of what [HtmlReader] knows as form: what an article has nothing for either.
    private static final Set<String> LOST = Set.of(
            "u", "s", "del", "ins", "mark", "sub", "sup", "small", "table", "ruby", "iframe", "object", "embed", "svg",
            "math", "audio", "video", "canvas");

    private static final Set<String> CELLS = Set.of("td", "th");

    private final NoteTags tags;
    private final Set<String> plainer = new LinkedHashSet<>();
    private int inside;

    private ArticleReader(NoteTags tags) {
        this.tags = tags;
    }

    /// @param losses takes what an article has nothing for
    static ArticleBody read(String html, NoteTags tags, List<Loss> losses) {
        var reader = new ArticleReader(tags);
        List<Block> blocks = reader.blocks(Jsoup.parseBodyFragment(html).body(), 0);
        if (!reader.plainer.isEmpty()) {
            losses.add(new Loss("form", "the text goes without " + String.join(", ", reader.plainer)));
        }
        return new ArticleBody(blocks);
    }

    private List<Block> blocks(Element parent, int depth) {
        var blocks = new ArrayList<Block>();
        var line = new ArticleLine();
        for (Node node : parent.childNodes()) {
            if (node instanceof Element element && HtmlReader.isBlock(element)) {
                line.endInto(blocks);
                block(element, depth, blocks);
            } else {
                inline(node, line);
            }
        }
        line.endInto(blocks);
        return blocks;
    }

    private void block(Element element, int depth, List<Block> blocks) {
        if (HtmlReader.isLeftOut(element)) {
            return;
        }
        String name = element.normalName();
        note(name);
        Matcher heading = HEADING.matcher(name);
        if (heading.matches()) {
            var line = new ArticleLine();
            element.childNodes().forEach(node -> inline(node, line));
            List<Inline> words = line.end();
            if (!words.isEmpty()) {
                blocks.add(new Block.Heading(Integer.parseInt(heading.group(1)), words));
            }
            return;
        }
        // What is too deep inside stands where it is.
        switch (depth < ArticleBody.DEEPEST ? name : "") {
            case "hr" -> blocks.add(new Block.Rule());
            case "pre" -> code(element, blocks);
            case "blockquote" -> {
                List<Block> inner = blocks(element, depth + 1);
                if (!inner.isEmpty()) {
                    blocks.add(new Block.Quotation(inner));
                }
            }
            case "ul", "ol" -> list(element, name.equals("ol"), depth, blocks);
            default -> blocks.addAll(blocks(element, depth));
        }
    }

    private static void code(Element pre, List<Block> blocks) {
        Element code = pre.children().size() == 1 && pre.child(0).normalName().equals("code") ? pre.child(0) : pre;
        Matcher language = LANGUAGE.matcher(code.className());
        String text = code.wholeText().stripTrailing();
        if (!text.isBlank()) {
            blocks.add(new Block.CodeBlock(language.find() ? language.group(1) : "", text));
        }
    }

    private void list(Element list, boolean ordered, int depth, List<Block> blocks) {
        var items = new ArrayList<List<Block>>();
        var line = new ArticleLine();
        for (Node node : list.childNodes()) {
            if (node instanceof Element element && HtmlReader.isBlock(element)) {
                line.endInto(last(items));
                if (element.normalName().equals("li")) {
                    items.add(new ArrayList<>());
                }
                // A list right inside of a list, like all that is no item, belongs to the item before it.
                block(element, depth + 1, last(items));
            } else {
                inline(node, line);
            }
        }
        line.endInto(last(items));
        items.removeIf(List::isEmpty);
        String start = list.attr("start").strip();
        int first = start.matches("[0-9]{1,6}") ? Integer.parseInt(start) : 1;
        if (!items.isEmpty()) {
            blocks.add(new Block.Listing(
                    ordered, first, items.stream().map(Block.Item::new).toList()));
        }
    }

    private static List<Block> last(List<List<Block>> items) {
        if (items.isEmpty()) {
            items.add(new ArrayList<>());
        }
        return items.getLast();
    }

    private void inline(Node node, ArticleLine line) {
        if (node instanceof TextNode text) {
            line.text(text.getWholeText());
        } else if (node instanceof Element element) {
            element(element, line);
        }
    }

    private void element(Element element, ArticleLine line) {
        String name = element.normalName();
        note(name);
        if (HtmlReader.isLeftOut(element)) {
            return;
        }
        switch (name) {
            case "br" -> line.add(new Inline.LineBreak());
            case "b", "strong" -> words(element, line, inner -> line.add(new Inline.Strong(inner)));
            case "i", "em", "cite", "dfn" -> words(element, line, inner -> line.add(new Inline.Emphasis(inner)));
            case "code", "kbd", "samp", "tt" -> line.add(new Inline.Code(element.text()));
            case "img" ->
                Uris.tryHttp(element.attr("src").strip())
                        .filter(Inline::isWeb)
                        .ifPresent(url -> line.add(
                                new Inline.Picture(url, element.attr("alt").strip())));
            case "a" -> anchor(element, line);
            default -> {
                if (HtmlReader.isBlock(element)) {
                    line.add(new Inline.LineBreak());
                }
                line.text(CELLS.contains(name) ? " " : "");
                element.childNodes().forEach(inner -> inline(inner, line));
                line.text(element.hasClass("ellipsis") ? "…" : "");
            }
        }
    }

    private void anchor(Element anchor, ArticleLine line) {
        switch (HtmlReader.named(anchor, tags)) {
            case HtmlReader.Named.Tag(String shown) -> line.add(new Inline.Hashtag(shown.substring(1), shown));
            case HtmlReader.Named.Person(NoteTags.Mention person, String handle) ->
                line.add(new Inline.Mention(CopyIds.id(person.href()), handle));
            case HtmlReader.Named.Nobody _ ->
                Uris.tryHttp(anchor.attr("href").strip())
                        .filter(Inline::isWeb)
                        .ifPresentOrElse(
                                page -> words(anchor, line, inner -> line.add(new Inline.Link(page, inner))),
                                () -> anchor.childNodes().forEach(inner -> inline(inner, line)));
        }
    }

    /// What stands inside of an element, as a line of its own. What is too deep inside has no form of its own.
    private void words(Element element, ArticleLine line, Consumer<List<Inline>> whole) {
        if (inside >= ArticleBody.DEEPEST) {
            element.childNodes().forEach(node -> inline(node, line));
            return;
        }
        var inner = new ArticleLine();
        inside++;
        element.childNodes().forEach(node -> inline(node, inner));
        inside--;
        line.text(inner.beginsWithSpace() ? " " : "");
        List<Inline> words = inner.end();
        if (!words.isEmpty()) {
            whole.accept(words);
        }
        line.text(inner.endsWithSpace() ? " " : "");
    }

    private void note(String name) {
        if (LOST.contains(name)) {
            plainer.add(name);
        }
    }
}
