package dev.drawbridge.markup;

import dev.drawbridge.model.ArticleBody;
import java.util.Set;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/// Markdown as [CommonMark](https://spec.commonmark.org/0.31.2/) defines it, without HTML: tags are left out, what
/// stands between them stays. Thread-safe.
public final class Markdown {
    /// As many signs in one paragraph are no text of anybody; each may stand for one more level inside.
    private static final int MOST_SIGNS = 1_000;

    private static final String SIGNS = "*_[]<`!";

    private static final Parser PARSER = Parser.builder()
            .enabledBlockTypes(Set.of(
                    Heading.class,
                    FencedCodeBlock.class,
                    IndentedCodeBlock.class,
                    BlockQuote.class,
                    ListBlock.class,
                    ThematicBreak.class))
            .maxOpenBlockParsers(2 * ArticleBody.DEEPEST)
            .build();

    private Markdown() {}

    /// What was read.
    ///
    /// @param body the text with its form
    /// @param dropped whether something has no counterpart: HTML, links to what is no page of the web
    public record Read(ArticleBody body, boolean dropped) {}

    public static Read read(String markdown) {
        String text = markdown.replace("\r\n", "\n").replace('\r', '\n');
        if (isExcessive(text)) {
            return new Read(MarkdownReader.unread(text), true);
        }
        return MarkdownReader.read(PARSER.parse(text));
    }

    /// The same text as Markdown; what only looks like signs is escaped. People and hashtags stand in it by their
    /// names.
    /// There is emphasis that Markdown cannot write (inside of words of some scripts): then there is none.
    public static String write(ArticleBody body) {
        String markdown = new MarkdownWriter(true).blocks(body.blocks());
        boolean same = read(markdown).body().plain().text().equals(body.plain().text());
        return same ? markdown : new MarkdownWriter(false).blocks(body.blocks());
    }

    private static boolean isExcessive(String text) {
        int signs = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            boolean sign = SIGNS.indexOf(c) >= 0;
            signs = ends ? 0 : sign ? signs + 1 : signs;
            if (signs > MOST_SIGNS) {
                return true;
            }
        }
        return false;
    }
}
