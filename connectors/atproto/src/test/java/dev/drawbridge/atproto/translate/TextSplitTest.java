package dev.drawbridge.atproto.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextSplitTest {
    private static final URI PAGE = URI.create("https://news.example/");

    private static List<String> texts(String text) {
        return TextSplit.split(RichText.plain(text), "").stream()
                .map(RichText::text)
                .toList();
    }

    @Test
    void paragraphsComeBeforeLinesAndThoseBeforeSentences() {
        String half = "a".repeat(200);
        assertThat(texts(half + ". b\n" + "c".repeat(30) + "\n\n" + half))
                .containsExactly(half + ". b\n" + "c".repeat(30), half);
        assertThat(texts(half + ". b\n" + "c ".repeat(80))).first().isEqualTo(half + ". b");
        assertThat(texts(half + ". b " + "c".repeat(200))).first().isEqualTo(half + ".");
        assertThat(texts("字".repeat(200) + "。" + "字".repeat(200)))
                .containsExactly("字".repeat(200) + "。", "字".repeat(200));
    }

    @Test
    void aNameAtTheCutGoesOnInTheNextPart() {
        String text = "x".repeat(140) + " " + "y".repeat(150) + " @somebody.example and more".repeat(8);
        var name = new Facet.Mention(292, 309, People.BOB);
        List<RichText> parts = TextSplit.split(new RichText(text, List.of(name)), "");
        assertThat(parts.get(1).facets()).containsExactly(new Facet.Mention(0, 17, People.BOB));
        assertThat(parts.get(1).text()).startsWith("@somebody.example and");
    }

    @Test
    void whatIsLongerThanAPartGoesOnAsTheSameLink() {
        List<RichText> parts =
                TextSplit.split(new RichText("x".repeat(700), List.of(new Facet.Link(0, 700, PAGE))), "");
        assertThat(parts).extracting(part -> part.facets().getFirst().end()).containsExactly(300, 300, 100);
    }

    @Test
    void tooMuchAndWhatFitsNowhereIsNotDivided() {
        assertThat(texts("word ".repeat(60 * 20))).hasSize(20);
        assertThat(texts("word ".repeat(60 * 20) + "more")).isEmpty();
        assertThat(texts("a".repeat(400) + " e" + "\u0301".repeat(2000))).isEmpty();
        assertThat(texts("  \n ")).isEmpty();
    }

    @Property
    void nothingIsLostAndEveryPartFits(@ForAll("texts") RichText text, @ForAll("warnings") String before) {
        List<RichText> parts = TextSplit.split(text, before);
        for (RichText part : parts) {
            assertThat(Graphemes.fits(before + part.text(), PostText.MAX_GRAPHEMES, PostText.MAX_BYTES))
                    .isTrue();
            assertThat(part.text()).isNotBlank();
        }
        if (!parts.isEmpty()) {
            assertThat(bare(parts.stream().map(RichText::text).collect(Collectors.joining())))
                    .isEqualTo(bare(text.text()));
            assertThat(parts.stream()
                            .flatMap(part -> part.facets().stream().map(part::span))
                            .map(TextSplitTest::bare)
                            .collect(Collectors.joining()))
                    .isEqualTo(text.facets().stream()
                            .map(text::span)
                            .map(TextSplitTest::bare)
                            .collect(Collectors.joining()));
        }
    }

    private static String bare(String text) {
        return text.replaceAll("[\\s\\p{Z}]", "");
    }

    @Provide
    Arbitrary<String> warnings() {
        return Arbitraries.of("", "[food]\n\n", "[" + "ä".repeat(100) + "]\n\n");
    }

    @Provide
    Arbitrary<RichText> texts() {
        Arbitrary<String> word = Arbitraries.of(
                "a", "word.", "\n\n", "\n", " ", "👨‍👩‍👧‍👦", "字。", "e\u0301", "…", "x".repeat(90), "\u200b", "! ");
        Arbitrary<String> whole = word.list().ofMinSize(60).ofMaxSize(300).map(words -> String.join("", words));
        Arbitrary<Integer> at = Arbitraries.integers().between(0, 4000);
        return Combinators.combine(whole, at, at).as((text, from, length) -> {
            int start = Math.min(from, text.length() - 1);
            int end = Math.min(start + 1 + length % 400, text.length());
            return new RichText(text, List.of(new Facet.Link(start, end, PAGE)));
        });
    }
}
