package dev.drawbridge.markup;

import dev.drawbridge.model.Block;
import dev.drawbridge.model.Inline;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes an article as Markdown.
///
/// @param stress whether emphasis is written
/// @param unstressed blocks in which it is not
record MarkdownWriter(boolean stress, Set<Block> unstressed) {
    private static final MarkdownWriter UNSTRESSED = new MarkdownWriter(false, Set.of());

    MarkdownWriter(Set<Block> unstressed) {
        this(true, unstressed);
    }

    String blocks(List<Block> blocks) {
        var out = new StringBuilder();
        boolean other = false;
        for (int i = 0; i < blocks.size(); i++) {
            // Two lists in a row would be one, did they not look different.
            other = i > 0
                    && blocks.get(i) instanceof Block.Listing
                    && blocks.get(i - 1) instanceof Block.Listing
                    && !other;
            boolean plain = !unstressed.isEmpty() && unstressed.contains(blocks.get(i));
            String block = (plain ? UNSTRESSED : this).block(blocks.get(i), other);
            if (!block.isEmpty()) {
                out.append(out.isEmpty() ? "" : "\n\n").append(block);
            }
        }
        return out.toString();
    }

    private String block(Block block, boolean other) {
        return switch (block) {
            case Block.Paragraph paragraph -> line(paragraph.words());
            case Block.Heading heading ->
                "#".repeat(heading.level()) + " "
                        + line(heading.words()).replaceAll(" *\\n", " ").replaceAll("#+$", "\\\\$0");
            case Block.Quotation quotation -> indented(blocks(quotation.blocks()), "> ", "> ");
            case Block.Listing listing -> list(listing, other);
            case Block.CodeBlock code -> {
                String fence = MarkdownText.fence(code.text(), 3);
                String language = code.language().replaceAll("[\\s`~]", "");
                yield fence + language + "\n" + code.text() + (code.text().isEmpty() ? "" : "\n") + fence;
            }
            case Block.Rule _ -> "***";
        };
    }

    private String list(Block.Listing listing, boolean other) {
        var items = new StringBuilder();
        boolean tight = listing.items().stream()
                .allMatch(item -> item.blocks().size() < 2
                        || item.blocks().size() == 2 && follows(item.blocks().getLast()));
        int number = listing.start();
        for (Block.Item item : listing.items()) {
            String marker = listing.ordered() ? number + (other ? ") " : ". ") : other ? "+ " : "- ";
            items.append(items.isEmpty() ? "" : tight ? "\n" : "\n\n")
                    .append(indented(item(item, tight), marker, " ".repeat(marker.length())));
            number++;
        }
        return items.toString();
    }

    private String item(Block.Item item, boolean tight) {
        return tight
                ? item.blocks().stream().map(block -> block(block, false)).collect(Collectors.joining("\n"))
                : blocks(item.blocks());
    }

    /// Whether a block may stand right below a paragraph: a list that is numbered from something else is read as text.
    private static boolean follows(Block block) {
        return block instanceof Block.Listing listing && (!listing.ordered() || listing.start() == 1);
    }

    private static String indented(String text, String first, String rest) {
        String[] lines = text.split("\n", -1);
        var out = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            String margin = i == 0 ? first : rest;
            out.append(i == 0 ? "" : "\n")
                    .append(lines[i].isEmpty() ? margin.stripTrailing() : margin)
                    .append(lines[i]);
        }
        return out.toString();
    }

    private String line(List<Inline> words) {
        var out = new StringBuilder();
        words(words, out);
        return out.toString().stripTrailing();
    }

    private void words(List<Inline> words, StringBuilder out) {
        for (Inline word : words) {
            switch (word) {
                case Inline.Text said -> out.append(MarkdownText.escaped(said.text(), starts(out)));
                case Inline.Mention mention -> out.append(MarkdownText.escaped(mention.name(), starts(out)));
                case Inline.Hashtag tag -> out.append(MarkdownText.escaped(tag.shown(), starts(out)));
                case Inline.Code code -> out.append(MarkdownText.code(code.text()));
                case Inline.Emphasis emphasis -> stressed("*", emphasis.words(), out);
                case Inline.Strong strong -> stressed("**", strong.words(), out);
                case Inline.Link link -> link(link, out);
                case Inline.Picture picture ->
                    out.append("![")
                            .append(MarkdownText.escaped(picture.alt(), false))
                            .append("](")
                            .append(MarkdownText.address(picture.url()))
                            .append(')');
                case Inline.LineBreak _ -> out.append("  \n");
            }
        }
    }

    private static boolean starts(StringBuilder out) {
        return out.isEmpty() || out.charAt(out.length() - 1) == '\n';
    }

    private void stressed(String sign, List<Inline> words, StringBuilder out) {
        int start = out.length();
        words(words, out);
        // Signs that touch a blank or nothing are no signs.
        boolean solid = out.length() > start
                && !Character.isWhitespace(out.charAt(start))
                && !Character.isWhitespace(out.charAt(out.length() - 1));
        if (stress && solid) {
            out.insert(start, sign).append(sign);
        }
    }

    private void link(Inline.Link link, StringBuilder out) {
        String address = link.target().toString();
        if (link.words().equals(List.of(new Inline.Text(address))) && MarkdownText.isPlain(address)) {
            out.append(address);
            return;
        }
        int start = out.length();
        words(link.words(), out);
        out.insert(start, "[")
                .append("](")
                .append(MarkdownText.address(link.target()))
                .append(')');
    }
}
