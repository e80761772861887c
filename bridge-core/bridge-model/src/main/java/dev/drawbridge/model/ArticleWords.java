package dev.drawbridge.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Lays the words of an article out as plain text: paragraphs, `> ` before what is quoted, `• ` or a number before
/// items.
final class ArticleWords {
    private static final String RULE = "* * *";

    private final StringBuilder text = new StringBuilder();
    private final List<Facet> facets = new ArrayList<>();
    /// What stands before every line.
    private String margin = "";
    /// What stands before the next line in its place, once.
    private String bullet = "";
    private String gap = "";

    RichText of(ArticleBody body) {
        blocks(body.blocks(), "\n\n");
        return new RichText(text.toString(), facets);
    }

    private void blocks(List<Block> blocks, String between) {
        for (Block block : blocks) {
            block(block);
            gap = text.isEmpty() ? "" : between;
        }
    }

    private void block(Block block) {
        switch (block) {
            case Block.Paragraph paragraph -> lines(paragraph.words());
            case Block.Heading heading -> lines(heading.words());
            case Block.Quotation quotation -> {
                String before = margin;
                margin = before + "> ";
                blocks(quotation.blocks(), "\n\n");
                margin = before;
            }
            case Block.Listing listing -> list(listing);
            case Block.CodeBlock code ->
                code.text().stripTrailing().lines().forEach(line -> {
                    say(line);
                    gap = line.isEmpty() ? gap + (text.isEmpty() ? "" : "\n") : "\n";
                });
            case Block.Rule _ -> say(RULE);
        }
    }

    private void list(Block.Listing listing) {
        int number = listing.start();
        for (Block.Item item : listing.items()) {
            bullet = listing.ordered() ? number + ". " : "• ";
            blocks(item.blocks(), "\n");
            bullet = "";
            number++;
        }
    }

    private void lines(List<Inline> words) {
        words.forEach(this::inline);
    }

    private void inline(Inline inline) {
        switch (inline) {
            case Inline.Text said -> say(said.text());
            case Inline.Code code -> say(code.text());
            case Inline.Emphasis emphasis -> lines(emphasis.words());
            case Inline.Strong strong -> lines(strong.words());
            case Inline.Link link -> span(link.words(), (from, to) -> new Facet.Link(from, to, link.target()));
            case Inline.Mention mention ->
                span(mention.name(), (from, to) -> new Facet.Mention(from, to, mention.actor()));
            case Inline.Hashtag tag -> span(tag.shown(), (from, to) -> new Facet.Hashtag(from, to, tag.tag()));
            case Inline.Picture _ -> {}
            case Inline.LineBreak _ -> gap = text.isEmpty() ? "" : "\n";
        }
    }

    private void span(String words, BiFunction<Integer, Integer, Facet> facet) {
        span(List.of(new Inline.Text(words)), facet);
    }

    private void span(List<Inline> words, BiFunction<Integer, Integer, Facet> facet) {
        begin();
        int start = text.length();
        int known = facets.size();
        lines(words);
        // What is named inside of a link is part of it.
        facets.subList(known, facets.size()).clear();
        if (text.length() > start) {
            facets.add(facet.apply(start, text.length()));
        }
    }

    private void say(String words) {
        if (!words.isEmpty()) {
            begin();
            text.append(words);
        }
    }

    /// Begins a line if one has to begin.
    private void begin() {
        if (!gap.isEmpty() || text.isEmpty()) {
            text.append(gap).append(margin).append(bullet);
            gap = "";
            bullet = "";
        }
    }
}
