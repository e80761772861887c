package dev.drawbridge.markup;

import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Markdown as [CommonMark](https://spec.commonmark.org/0.31.2/) defines it, without HTML: tags are left out, what
/// stands between them stays. Thread-safe.
public final class Markdown {
    /// As many signs in one paragraph are no text of anybody; each may stand for one more level inside.
    private static final int MOST_SIGNS = 1_000;

    private static final String SIGNS = "*_[]<`!";

    private static final Parser PARSER = parser().build();

    private Markdown() {}

    /// What was read.
    ///
    /// @param body the text with its form
    /// @param dropped whether something has no counterpart: HTML, links to what is no page of the web
    public record Read(ArticleBody body, boolean dropped) {}

    public static Read read(String markdown) {
        String text = markdown.replace("\r\n", "\n").replace('\r', '\n');
        if (signs(text) <= MOST_SIGNS) {
            return MarkdownReader.read(PARSER.parse(text));
        }
        List<SourceSpan> crowded = crowded(text);
        Read read = MarkdownReader.read(PARSER.parse(escaped(text, crowded)));
        return crowded.isEmpty() ? read : new Read(read.body(), true);
    }

    /// What was written.
    ///
    /// @param plainer whether there was emphasis that Markdown cannot write (inside of words of some scripts): its
    ///     paragraph, quotation or list goes without any
    public record Written(String markdown, boolean plainer) {}

    /// The same text as Markdown; what only looks like signs is escaped. People and hashtags stand in it by their
    /// names.
    public static String write(ArticleBody body) {
        return written(body).markdown();
    }

    /// As [#write(ArticleBody)], and whether all its form is kept.
    public static Written written(ArticleBody body) {
        List<Block> blocks = body.blocks();
        String markdown = new MarkdownWriter(Set.of()).blocks(blocks);
        if (says(markdown, blocks)) {
            return new Written(markdown, false);
        }
        Set<Block> plain = blocks.stream()
                .filter(block -> !says(new MarkdownWriter(Set.of()).blocks(List.of(block)), List.of(block)))
                .collect(Collectors.toUnmodifiableSet());
        String without = new MarkdownWriter(plain).blocks(blocks);
        return new Written(without, !without.equals(markdown));
    }

    private static boolean says(String markdown, List<Block> blocks) {
        return read(markdown)
                .body()
                .plain()
                .text()
                .equals(new ArticleBody(blocks).plain().text());
    }

    private static Parser.Builder parser() {
        return Parser.builder()
                .enabledBlockTypes(Set.of(
                        Heading.class,
                        FencedCodeBlock.class,
                        IndentedCodeBlock.class,
                        BlockQuote.class,
                        ListBlock.class,
                        ThematicBreak.class))
                .maxOpenBlockParsers(2 * ArticleBody.DEEPEST);
    }

    /// The lines of the paragraphs and headings that have too many signs. What stands in lines is not parsed for it.
    private static List<SourceSpan> crowded(String text) {
        var crowded = new ArrayList<SourceSpan>();
        parser().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .inlineParserFactory(_ -> (lines, _) -> {
                    if (signs(lines.getContent()) > MOST_SIGNS) {
                        crowded.addAll(lines.getSourceSpans());
                    }
                })
                .build()
                .parse(text);
        crowded.sort(Comparator.comparingInt(SourceSpan::getInputIndex));
        return crowded;
    }

    /// The same with every sign of some lines escaped: they are read as they stand.
    private static String escaped(String text, List<SourceSpan> lines) {
        var out = new StringBuilder(text.length() + text.length() / 2);
        int at = 0;
        for (SourceSpan line : lines) {
            out.append(text, at, line.getInputIndex());
            at = line.getInputIndex() + line.getLength();
            for (int i = line.getInputIndex(); i < at; i++) {
                char c = text.charAt(i);
                out.append(c == '\\' || SIGNS.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return out.append(text, at, text.length()).toString();
    }

    /// The most signs there are between two empty lines, those that are escaped left aside.
    private static int signs(String text) {
        int most = 0;
        int signs = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            signs = ends ? 0 : SIGNS.indexOf(c) >= 0 ? signs + 1 : signs;
            most = Math.max(most, signs);
            boolean escapes = c == '\\' && i + 1 < text.length() && (SIGNS + '\\').indexOf(text.charAt(i + 1)) >= 0;
            i += escapes ? 1 : 0;
        }
        return most;
    }
}
