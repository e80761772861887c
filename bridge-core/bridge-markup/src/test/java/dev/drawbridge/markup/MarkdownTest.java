package dev.drawbridge.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private static final URI PAGE = URI.create("https://example.org/a_b?c=1&d=2");

    @Test
    void formIsRead() {
        var read = Markdown.read("""
            # On *boats*

            They **float**, see [here](https://example.org/a_b?c=1&d=2 "title").
            Second line with `a * b`.

            > They do.

            1. One
            2. Two
               - inner

            ```java
            int a = 1;
              int b;
            ```

            ***

            ![A red boat](https://files.example/boat.jpg)
            """);

        assertThat(read.dropped()).isFalse();
        assertThat(read.body().blocks())
                .containsExactly(
                        new Block.Heading(1, List.of(text("On "), new Inline.Emphasis(List.of(text("boats"))))),
                        new Block.Paragraph(List.of(
                                text("They "),
                                new Inline.Strong(List.of(text("float"))),
                                text(", see "),
                                new Inline.Link(PAGE, List.of(text("here"))),
                                text("."),
                                new Inline.LineBreak(),
                                text("Second line with "),
                                new Inline.Code("a * b"),
                                text("."))),
                        new Block.Quotation(List.of(paragraph("They do."))),
                        new Block.Listing(
                                true,
                                1,
                                List.of(
                                        new Block.Item(List.of(paragraph("One"))),
                                        new Block.Item(List.of(
                                                paragraph("Two"),
                                                new Block.Listing(
                                                        false,
                                                        1,
                                                        List.of(new Block.Item(List.of(paragraph("inner"))))))))),
                        new Block.CodeBlock("java", "int a = 1;\n  int b;"),
                        new Block.Rule(),
                        new Block.Paragraph(List.of(
                                new Inline.Picture(URI.create("https://files.example/boat.jpg"), "A red boat"))));
    }

    @Test
    void plainNetworksSeeWordsAndNoSigns() {
        var words = Markdown.read(
                        "## Why\n\n**Because** of [this](https://example.org/x).\n\n- a\n- b\n\n> said\n> more")
                .body()
                .plain();

        assertThat(words.text()).isEqualTo("Why\n\nBecause of this.\n\n• a\n• b\n\n> said\n> more");
        assertThat(words.facets()).containsExactly(new Facet.Link(16, 20, URI.create("https://example.org/x")));
    }

    @Test
    void neitherMarkupNorProgramsComeThrough() {
        var read = Markdown.read(
                "<div onclick=\"x()\">\n\n<b>bold</b> [a](javascript:alert) ![b](data:image/png;base64,xx)"
                        + " <script>alert(1)</script> <https://example.org/>");

        assertThat(read.dropped()).isTrue();
        assertThat(read.body().plain().text()).isEqualTo("bold a b alert(1) https://example.org/");
    }

    @Test
    void whatOnlyLooksLikeSignsIsEscaped() {
        for (String said : List.of(
                "1 * 2 * 3",
                "# no heading",
                "- no item",
                "+ no item",
                "1. no item",
                "> no quotation",
                "snake_case_name",
                "_no_",
                "[no](link)",
                "`no code`",
                "<b>no</b>",
                "![no](picture)",
                "a\\b",
                "&amp;",
                "***",
                "```",
                "===",
                "~~~",
                "<https://no.example/>",
                "* * *",
                "1) no")) {
            var body = new ArticleBody(List.of(paragraph(said), paragraph("end")));
            String markdown = Markdown.write(body);

            assertThat(Markdown.read(markdown).body()).as(markdown).isEqualTo(body);
        }
    }

    @Test
    void aDefinitionThatIsUsedEverywhereFillsNoMemory() {
        var often = Markdown.read("[a]\n\n".repeat(20_000) + "[a]: https://example.org/" + "a".repeat(2_000));
        var words = often.body().plain();
        assertThat(often.dropped()).isTrue();
        assertThat(words.facets()).hasSize(500);
        assertThat(words.text()).as("the rest stays words").hasSize(3 * 20_000 - 2);

        for (String longer : List.of("https://example.org/" + "a".repeat(2_029), "nostr:" + "a".repeat(2_043))) {
            var read = Markdown.read("[a] ![b][a]\n\n[a]: " + longer);
            assertThat(read.dropped()).isTrue();
            assertThat(read.body().blocks()).containsExactly(paragraph("a", " ", "b"));
            assertThat(Markdown.read("[a]\n\n[a]: " + longer.substring(0, 2_048))
                            .dropped())
                    .isFalse();
        }
        assertThat(Markdown.read("[a] ".repeat(300) + "\n\n" + "[a] ".repeat(300) + "\n\n[a]: nostr:npub1x")
                        .body()
                        .plain()
                        .text())
                .containsPattern("(nostr:npub1x ?\\s*){500}(a ?){100}");
    }

    @Test
    void aParagraphOfSignsCostsTheOthersNothing() {
        String signs = "*a\\*b _c_ ".repeat(400);
        String code = "int[] a = b[0] * c[1];\n".repeat(1_000).stripTrailing();

        var read = Markdown.read("# On *boats*\n\n" + "- [one](https://example.org/)\n".repeat(600) + "\n> > " + signs
                + "\n>\n> *said*\n\n```c\n" + code + "\n```");

        assertThat(read.dropped()).isTrue();
        assertThat(read.body().blocks()).hasSize(4);
        assertThat(read.body().blocks().getFirst())
                .isEqualTo(new Block.Heading(1, List.of(text("On "), new Inline.Emphasis(List.of(text("boats"))))));
        assertThat(((Block.Listing) read.body().blocks().get(1)).items()).hasSize(600);
        var quotation = (Block.Quotation) read.body().blocks().get(2);
        assertThat(new ArticleBody(List.of(quotation.blocks().getFirst()))
                        .plain()
                        .text())
                .isEqualTo("> " + signs.strip());
        assertThat(quotation.blocks().getLast())
                .isEqualTo(new Block.Paragraph(List.of(new Inline.Emphasis(List.of(text("said"))))));
        assertThat(read.body().blocks().getLast()).isEqualTo(new Block.CodeBlock("c", code));
    }

    @Test
    void signsInCodeAreNoSigns() {
        var read = Markdown.read("```\n" + "[*_`!\n".repeat(1_000) + "```\n\n**bold**");
        assertThat(read.dropped()).isFalse();
        assertThat(read.body().blocks().getLast())
                .isEqualTo(new Block.Paragraph(List.of(new Inline.Strong(List.of(text("bold"))))));
    }

    @Test
    void asManySignsAsAnybodyWritesAreReadAgain() {
        var body = new ArticleBody(List.of(paragraph("[*] ".repeat(2_000).strip()), paragraph("end")));
        String markdown = Markdown.write(body);
        assertThat(Markdown.read(markdown).dropped()).isFalse();
        assertThat(Markdown.read(markdown).body()).isEqualTo(body);
    }

    @Test
    void whatCannotBeStressedCostsTheOthersNothing() {
        var inside =
                new Block.Paragraph(List.of(text("a"), new Inline.Emphasis(List.of(new Inline.Code("b"))), text("c")));
        var stressed = new Block.Paragraph(List.of(new Inline.Strong(List.of(text("bold")))));

        var written = Markdown.written(new ArticleBody(List.of(stressed, inside, stressed)));

        assertThat(written).isEqualTo(new Markdown.Written("**bold**\n\na`b`c\n\n**bold**", true));
        assertThat(Markdown.written(new ArticleBody(List.of(stressed))))
                .isEqualTo(new Markdown.Written("**bold**", false));
    }

    @Provide
    Arbitrary<ArticleBody> bodies() {
        return blocks(2).list().ofMinSize(1).ofMaxSize(5).map(ArticleBody::new);
    }

    @Property(tries = 1000, seed = "20261122")
    void whatIsWrittenIsReadAgain(@ForAll("bodies") ArticleBody body) {
        String markdown = Markdown.write(body);
        ArticleBody again = Markdown.read(markdown).body();

        assertThat(again.plain().text()).as(markdown).isEqualTo(body.plain().text());
        assertThat(Markdown.write(again)).isEqualTo(markdown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "_", "*a ", "**", "[", "![", "> ", "- ", "1. ", "`", "<", "<a ", "&", "\\", "*_", "[]("})
    void nonsenseTakesNoTimeAndNoDepth(String piece) {
        String text = piece.repeat(100_000 / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            ArticleBody body = Markdown.read(text).body();
            assertThat(body.plain().text().length()).isLessThan(10 * text.length());
            assertThat(Markdown.write(body)).isNotNull();
        });
    }

    @Test
    void formIsNoDeeperThanAnybodyMeans() {
        String deep = "*a **b ".repeat(150) + "c" + " b** a*".repeat(150);

        ArticleBody body = Markdown.read(deep).body();

        assertThat(body.plain().text()).startsWith("a b a b").contains(" c ").doesNotContain("*");
        assertThat(depth(((Block.Paragraph) body.blocks().getFirst()).words())).isEqualTo(ArticleBody.DEEPEST);
    }

    private static int depth(List<Inline> words) {
        return words.stream()
                .mapToInt(word -> switch (word) {
                    case Inline.Emphasis emphasis -> 1 + depth(emphasis.words());
                    case Inline.Strong strong -> 1 + depth(strong.words());
                    default -> 0;
                })
                .max()
                .orElse(0);
    }

    private static Arbitrary<Block> blocks(int deep) {
        Arbitrary<Block> paragraphs = words().map(Block.Paragraph::new);
        Arbitrary<Block> headings = Combinators.combine(Arbitraries.integers().between(1, 6), words())
                .as(Block.Heading::new);
        Arbitrary<Block> code = Combinators.combine(
                        Arbitraries.of("", "java"), Arbitraries.of("a\n  b", "``` `` `", "* x\n\n# y", "<b>"))
                .as(Block.CodeBlock::new);
        if (deep == 0) {
            return Arbitraries.oneOf(paragraphs, code);
        }
        Arbitrary<List<Block>> inner = blocks(deep - 1).list().ofMinSize(1).ofMaxSize(2);
        Arbitrary<Block> quotations = inner.map(Block.Quotation::new);
        Arbitrary<Block> lists = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 12),
                        inner.map(MarkdownTest::item).list().ofMinSize(1).ofMaxSize(3))
                .as((ordered, start, items) -> new Block.Listing(ordered, ordered ? start : 1, items));
        return Arbitraries.oneOf(paragraphs, headings, code, quotations, lists, Arbitraries.just(new Block.Rule()));
    }

    /// An item begins with words, so that it is one.
    private static Block.Item item(List<Block> blocks) {
        var whole = new ArrayList<Block>(List.of(paragraph("item")));
        whole.addAll(blocks);
        return new Block.Item(whole);
    }

    private static Arbitrary<List<Inline>> words() {
        Arbitrary<Inline> plain = Arbitraries.of(
                        "boats",
                        "a * b",
                        "_x_",
                        "c#",
                        "1.",
                        "e-f",
                        "[x](y)",
                        "<i>",
                        "&lt;",
                        "שלום",
                        "👩‍👩‍👧‍👦",
                        "\\",
                        "`")
                .map(Inline.Text::new);
        Arbitrary<Inline> formed = Arbitraries.of(
                new Inline.Emphasis(List.of(text("sea"))),
                new Inline.Strong(List.of(text("wind"))),
                new Inline.Code("x * y"),
                new Inline.Link(PAGE, List.of(text("link"))));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, plain), net.jqwik.api.Tuple.of(1, formed))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(words -> {
                    var spaced = new ArrayList<Inline>();
                    for (Inline word : words) {
                        if (!spaced.isEmpty()) {
                            spaced.add(text(" "));
                        }
                        spaced.add(word);
                    }
                    return spaced;
                });
    }

    private static Block.Paragraph paragraph(String... words) {
        return new Block.Paragraph(
                Stream.of(words).<Inline>map(Inline.Text::new).toList());
    }

    private static Inline.Text text(String words) {
        return new Inline.Text(words);
    }
}
