package dev.drawbridge.markup;

import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.Inline;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/// Turns the tree of the parser into an [ArticleBody].
final class MarkdownReader {
    /// Nobody means longer ones: a definition may stand once and be used everywhere.
    private static final int LONGEST_ADDRESS = 2_048;

    /// In one text; the words of the others stay.
    private static final int MOST_LINKS = 500;

    private boolean dropped;
    private int inside;
    private int links;

    private MarkdownReader() {}

    static Markdown.Read read(Node document) {
        var reader = new MarkdownReader();
        return new Markdown.Read(new ArticleBody(reader.blocks(document, 0)), reader.dropped);
    }

    private List<Block> blocks(Node parent, int depth) {
        var blocks = new ArrayList<Block>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            block(node, depth, blocks);
        }
        return blocks;
    }

    private void block(Node node, int depth, List<Block> blocks) {
        switch (node) {
            case Heading heading -> blocks.add(new Block.Heading(heading.getLevel(), words(heading)));
            case Paragraph paragraph -> {
                List<Inline> words = words(paragraph);
                if (!words.isEmpty()) {
                    blocks.add(new Block.Paragraph(words));
                }
            }
            case FencedCodeBlock code ->
                blocks.add(new Block.CodeBlock(
                        Optional.ofNullable(code.getInfo()).orElse("").strip().split("\\s", 2)[0],
                        Optional.ofNullable(code.getLiteral()).orElse("").stripTrailing()));
            case IndentedCodeBlock code ->
                blocks.add(new Block.CodeBlock("", code.getLiteral().stripTrailing()));
            case ThematicBreak _ -> blocks.add(new Block.Rule());
            case BlockQuote quote
            when depth < ArticleBody.DEEPEST -> {
                List<Block> inner = blocks(quote, depth + 1);
                if (!inner.isEmpty()) {
                    blocks.add(new Block.Quotation(inner));
                }
            }
            case ListBlock list when depth < ArticleBody.DEEPEST -> list(list, depth, blocks);
            case HtmlBlock _ -> dropped = true;
            // Definitions of links are used already; what is too deep inside stands here.
            default -> blocks.addAll(blocks(node, depth));
        }
    }

    private void list(ListBlock list, int depth, List<Block> blocks) {
        var items = new ArrayList<Block.Item>();
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            items.add(new Block.Item(blocks(item, depth + 1)));
        }
        boolean ordered = list instanceof OrderedList;
        int start = list instanceof OrderedList numbered
                ? Optional.ofNullable(numbered.getMarkerStartNumber()).orElse(1)
                : 1;
        if (!items.isEmpty()) {
            blocks.add(new Block.Listing(ordered, start, items));
        }
    }

    private List<Inline> words(Node parent) {
        var words = new ArrayList<Inline>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            inline(node, words);
        }
        return words;
    }

    private void inline(Node node, List<Inline> words) {
        switch (node) {
            case Text text -> words.add(new Inline.Text(text.getLiteral()));
            case Code code -> words.add(new Inline.Code(code.getLiteral()));
            case Emphasis emphasis -> formed(emphasis, Inline.Emphasis::new, words);
            case StrongEmphasis strong -> formed(strong, Inline.Strong::new, words);
            // Who writes for these networks means a new line by one.
            case SoftLineBreak _, HardLineBreak _ -> words.add(new Inline.LineBreak());
            case Link link -> link(link, words);
            case Image image ->
                address(image.getDestination())
                        .flatMap(MarkdownReader::web)
                        .ifPresentOrElse(
                                url -> words.add(new Inline.Picture(url, said(image))), () -> lost(image, words));
            case HtmlInline _ -> dropped = true;
            default -> words.addAll(words(node));
        }
    }

    /// What is too deep inside has no form of its own.
    private void formed(Node node, Function<List<Inline>, Inline> form, List<Inline> words) {
        if (inside >= ArticleBody.DEEPEST) {
            words.addAll(words(node));
            return;
        }
        inside++;
        words.add(form.apply(words(node)));
        inside--;
    }

    private void link(Link link, List<Inline> words) {
        Optional<String> address = address(link.getDestination());
        address.flatMap(MarkdownReader::web)
                .<Inline>map(target -> new Inline.Link(target, words(link)))
                .or(() -> address.filter(MarkdownReader::isNostr).map(Inline.Text::new))
                .ifPresentOrElse(words::add, () -> lost(link, words));
    }

    /// A link to somebody or something on Nostr ([NIP-27](https://nips.nostr.com/27)) is known by its address.
    private static boolean isNostr(String address) {
        return address.startsWith("nostr:");
    }

    private void lost(Node node, List<Inline> words) {
        dropped = true;
        words.addAll(words(node));
    }

    private static String said(Node node) {
        var alt = new StringBuilder();
        for (Node inner = node.getFirstChild(); inner != null; inner = inner.getNext()) {
            alt.append(inner instanceof Text text ? text.getLiteral() : said(inner));
        }
        return alt.toString();
    }

    /// What a link may name, as long as there are not too many.
    private Optional<String> address(@org.jspecify.annotations.Nullable String destination) {
        links++;
        return Optional.ofNullable(destination).filter(text -> text.length() <= LONGEST_ADDRESS && links <= MOST_LINKS);
    }

    private static Optional<URI> web(String address) {
        try {
            return Optional.of(new URI(address)).filter(Inline::isWeb);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
