package dev.drawbridge.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of an article with its form: headings, lists, quotations, code, pictures. What networks have for it (HTML,
/// Markdown) becomes this, and is made of this; networks without form show its [words][#plain()].
public record ArticleBody(List<Block> blocks) {
    /// Deeper than anybody means: what is further inside stands at this depth.
    public static final int DEEPEST = 12;

    public ArticleBody {
        blocks = List.copyOf(blocks);
    }

    /// Text without form: its paragraphs.
    public static ArticleBody of(RichText text) {
        var blocks = new ArrayList<Block>();
        var words = new ArrayList<Inline>();
        for (Inline inline : inlines(text)) {
            boolean paragraph = inline instanceof Inline.LineBreak
                    && !words.isEmpty()
                    && words.getLast() instanceof Inline.LineBreak;
            if (paragraph) {
                end(words, blocks);
            } else {
                words.add(inline);
            }
        }
        end(words, blocks);
        return new ArticleBody(blocks);
    }

    private static void end(List<Inline> words, List<Block> blocks) {
        while (!words.isEmpty() && words.getLast() instanceof Inline.LineBreak) {
            words.removeLast();
        }
        while (!words.isEmpty() && words.getFirst() instanceof Inline.LineBreak) {
            words.removeFirst();
        }
        if (!words.isEmpty()) {
            blocks.add(new Block.Paragraph(words));
        }
        words.clear();
    }

    /// The lines of a text, one after the other.
    public static List<Inline> inlines(RichText text) {
        var inlines = new ArrayList<Inline>();
        int at = 0;
        for (Facet facet : text.facets()) {
            lines(text.text().substring(at, facet.start()), inlines);
            String span = text.span(facet);
            switch (facet) {
                case Facet.Mention mention -> inlines.add(new Inline.Mention(mention.actor(), span));
                case Facet.Hashtag tag -> inlines.add(new Inline.Hashtag(tag.tag(), span));
                case Facet.Link link
                when Inline.isWeb(link.target()) -> {
                    var words = new ArrayList<Inline>();
                    lines(span, words);
                    inlines.add(new Inline.Link(link.target(), words));
                }
                case Facet.Link _ -> lines(span, inlines);
            }
            at = facet.end();
        }
        lines(text.text().substring(at), inlines);
        return inlines;
    }

    private static void lines(String words, List<Inline> inlines) {
        String[] lines = words.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                inlines.add(new Inline.LineBreak());
            }
            if (!lines[i].isEmpty()) {
                inlines.add(new Inline.Text(lines[i]));
            }
        }
    }

    /// The same, and something below it.
    public ArticleBody with(ArticleBody below) {
        return new ArticleBody(
                Stream.concat(blocks.stream(), below.blocks().stream()).toList());
    }

    /// The words alone, as [RichText] lays them out. Pictures are left out: see [#pictures()].
    public RichText plain() {
        return new ArticleWords().of(this);
    }

    /// Every picture in it, in order.
    public List<Inline.Picture> pictures() {
        return blocks.stream()
                .flatMap(ArticleBody::lines)
                .flatMap(ArticleBody::leaves)
                .flatMap(inline -> inline instanceof Inline.Picture picture ? Stream.of(picture) : Stream.empty())
                .toList();
    }

    /// The pictures in it as files, each address once.
    ///
    /// @param beside what is attached to it; a picture that is among it is left out
    public List<Media> files(List<Media> beside) {
        var known = beside.stream().map(Media::url).collect(Collectors.toCollection(HashSet::new));
        return pictures().stream()
                .filter(picture -> known.add(picture.url()))
                .map(picture -> Media.of(picture.url(), Media.Kind.IMAGE).withAlt(picture.alt()))
                .toList();
    }

    /// Whether it is anything but plain paragraphs.
    public boolean hasForm() {
        return !blocks.stream()
                .allMatch(block -> block instanceof Block.Paragraph paragraph
                        && paragraph.words().stream().noneMatch(ArticleBody::isForm));
    }

    private static boolean isForm(Inline inline) {
        return switch (inline) {
            case Inline.Emphasis _, Inline.Strong _, Inline.Code _, Inline.Picture _ -> true;
            case Inline.Link link -> link.words().stream().anyMatch(ArticleBody::isForm);
            case Inline.Text _, Inline.Mention _, Inline.Hashtag _, Inline.LineBreak _ -> false;
        };
    }

    /// The same with something else in the place of each thing in a line that has nothing inside.
    ///
    /// @param change what stands there instead, outside of links
    /// @param linked the same for the words of a link, which have no links inside
    public ArticleBody changing(Function<Inline, List<Inline>> change, Function<Inline, List<Inline>> linked) {
        return new ArticleBody(
                blocks.stream().map(block -> changed(block, change, linked)).toList());
    }

    private static Block changed(
            Block block, Function<Inline, List<Inline>> change, Function<Inline, List<Inline>> linked) {
        return switch (block) {
            case Block.Paragraph paragraph -> new Block.Paragraph(changed(paragraph.words(), change, linked));
            case Block.Heading heading -> new Block.Heading(heading.level(), changed(heading.words(), change, linked));
            case Block.Quotation quotation ->
                new Block.Quotation(quotation.blocks().stream()
                        .map(inner -> changed(inner, change, linked))
                        .toList());
            case Block.Listing listing ->
                new Block.Listing(
                        listing.ordered(),
                        listing.start(),
                        listing.items().stream()
                                .map(item -> new Block.Item(item.blocks().stream()
                                        .map(inner -> changed(inner, change, linked))
                                        .toList()))
                                .toList());
            case Block.CodeBlock _, Block.Rule _ -> block;
        };
    }

    private static List<Inline> changed(
            List<Inline> words, Function<Inline, List<Inline>> change, Function<Inline, List<Inline>> linked) {
        var result = new ArrayList<Inline>();
        for (Inline word : words) {
            switch (word) {
                case Inline.Emphasis emphasis ->
                    result.add(new Inline.Emphasis(changed(emphasis.words(), change, linked)));
                case Inline.Strong strong -> result.add(new Inline.Strong(changed(strong.words(), change, linked)));
                case Inline.Link link ->
                    result.add(new Inline.Link(link.target(), changed(link.words(), linked, linked)));
                case Inline.Text _,
                        Inline.Code _,
                        Inline.Mention _,
                        Inline.Hashtag _,
                        Inline.Picture _,
                        Inline.LineBreak _ -> result.addAll(change.apply(word));
            }
        }
        return result;
    }

    private static Stream<Inline> lines(Block block) {
        return switch (block) {
            case Block.Paragraph paragraph -> paragraph.words().stream();
            case Block.Heading heading -> heading.words().stream();
            case Block.Quotation quotation -> quotation.blocks().stream().flatMap(ArticleBody::lines);
            case Block.Listing listing ->
                listing.items().stream().flatMap(item -> item.blocks().stream()).flatMap(ArticleBody::lines);
            case Block.CodeBlock _, Block.Rule _ -> Stream.empty();
        };
    }

    private static Stream<Inline> leaves(Inline inline) {
        return switch (inline) {
            case Inline.Emphasis emphasis -> emphasis.words().stream().flatMap(ArticleBody::leaves);
            case Inline.Strong strong -> strong.words().stream().flatMap(ArticleBody::leaves);
            case Inline.Link link -> link.words().stream().flatMap(ArticleBody::leaves);
            case Inline.Text _,
                    Inline.Code _,
                    Inline.Mention _,
                    Inline.Hashtag _,
                    Inline.Picture _,
                    Inline.LineBreak _ -> Stream.of(inline);
        };
    }
}
