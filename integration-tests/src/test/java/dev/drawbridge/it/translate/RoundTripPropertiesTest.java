package dev.drawbridge.it.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.ArticleBody;
import dev.drawbridge.model.Block;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.CustomEmoji;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Inline;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Poll;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Translation.Translated;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.NativeEvent;
import dev.drawbridge.model.spi.Translator;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// A post that crosses and comes back by another way than the bridge's own marks, as if somebody on the other side had
/// written it: it says what it said, or each thing it no longer says was told as a loss. With its marks on it, it is
/// recognised and does not come back at all.
class RoundTripPropertiesTest {
    private static final Instant AT = Instant.parse("2026-03-01T11:59:58Z");
    private static final Translators TRANSLATORS = new Translators();

    /// From a network to another one and back.
    record Way(Network from, Network over) {
        @Override
        public String toString() {
            return from + " over " + over;
        }
    }

    /// A piece of a text.
    record Piece(String words, Optional<Facet> facet) {}

    @Provide
    Arbitrary<Way> ways() {
        return Arbitraries.of(Shores.NETWORKS.stream()
                .flatMap(from -> Shores.NETWORKS.stream()
                        .filter(over -> !over.equals(from))
                        .map(over -> new Way(from, over)))
                .toList());
    }

    @Provide
    Arbitrary<Post> plainPosts() {
        return Combinators.combine(texts(), references(), references(), languages(), media())
                .as((text, parent, quoted, languages, media) -> post().text(text)
                        .inReplyTo(parent.map(i -> ObjectRef.of(Shores.post(i, Network.ACTIVITYPUB))))
                        .quote(quoted.map(i -> Quote.of(Shores.post(i, Network.ACTIVITYPUB))))
                        .languages(languages)
                        .media(media)
                        .build());
    }

    @Provide
    Arbitrary<Post> richPosts() {
        return Combinators.combine(plainPosts(), warnings(), polls(), articles(), Arbitraries.of(true, false))
                .as((plain, warning, poll, article, emoji) -> plain.toBuilder()
                        .text(article.flatMap(Article::body)
                                .map(ArticleBody::plain)
                                .orElseGet(() -> emoji ? appended(plain.text(), " :blobcat:") : plain.text()))
                        .emoji(
                                emoji && article.isEmpty()
                                        ? List.of(new CustomEmoji(
                                                "blobcat", URI.create("https://emoji.example/b.png"), Optional.empty()))
                                        : List.of())
                        .warning(warning)
                        .poll(article.isPresent() ? Optional.empty() : poll)
                        .article(article)
                        .build());
    }

    @Property(tries = 1500, seed = "20261122")
    void aPostComesBackAsItWas(@ForAll("plainPosts") Post post, @ForAll("ways") Way way) {
        boolean whole = comesBack(post, way);

        Statistics.collect(way.toString(), whole);
        Statistics.coverage(check -> Shores.NETWORKS.forEach(from -> Shores.NETWORKS.stream()
                .filter(over -> !over.equals(from))
                .forEach(over ->
                        check.check(new Way(from, over).toString(), true).percentage(p -> p > 4))));
    }

    @Property(tries = 1500, seed = "20261122")
    void whatDoesNotComeBackIsTold(@ForAll("richPosts") Post post, @ForAll("ways") Way way) {
        Statistics.collect(comesBack(post, way));
        Statistics.coverage(check -> check.check(true).percentage(p -> p > 10));
    }

    /// @return whether it crossed without a loss
    private static boolean comesBack(Post written, Way way) {
        Activity.Publish there = new Activity.Publish(written.id(), AT, written);
        Optional<Read> first = read(way.from(), there, new ArrayList<>());
        if (first.isEmpty()) {
            return false;
        }
        List<Loss> losses = new ArrayList<>();
        Post before = first.get().publish().post();
        Optional<Read> over = read(way.over(), first.get().publish(), losses);
        Optional<Read> back = over.flatMap(read -> read(way.from(), read.publish(), losses));
        if (back.isEmpty() || !losses.isEmpty()) {
            return false;
        }
        Essence after = Essence.of(back.get().publish().post());
        assertThat(after)
                .as(
                        "%s%nread: %s%nthere: %s%nback: %s",
                        way,
                        first.get().document(),
                        over.get().document(),
                        back.get().document())
                .isEqualTo(Essence.of(before));
        return true;
    }

    /// @param document what was read
    private record Read(Activity.Publish publish, String document) {}

    /// Written for a network and read there, as if its author had written it; empty if it does not cross.
    private static Optional<Read> read(Network network, Activity.Publish publish, List<Loss> losses) {
        Translator translator = TRANSLATORS.reader(network);
        Optional<NativeDraft> draft =
                value(translator.fromCanonical(publish, Shores.known(network), Translators.NOW), losses);
        Optional<String> document = draft.map(d -> d.documents().getFirst());
        if (!publish.author().network().equals(network)) {
            document.ifPresent(text -> assertThat(activities(network, Shores.asCopy(network, text), new ArrayList<>()))
                    .as("what came back to %s: %s", network, text)
                    .isEmpty());
        }
        return document.map(text -> Shores.asOwn(network, text))
                .flatMap(text -> activities(network, text, losses)
                        .map(read -> new Read((Activity.Publish) read.getFirst(), text)));
    }

    private static Optional<List<Activity>> activities(Network network, String document, List<Loss> losses) {
        Translator translator = TRANSLATORS.reader(network);
        Optional<NativeEvent> event = value(translator.decode(document, Translators.NOW), losses);
        return event.flatMap(
                read -> value(translator.toCanonical(read, Shores.known(network), Translators.NOW), losses));
    }

    private static <T> Optional<T> value(Translation<T> translation, List<Loss> losses) {
        if (translation instanceof Translated<T>(T value, List<Loss> lost)) {
            losses.addAll(lost);
            return Optional.of(value);
        }
        return Optional.empty();
    }

    private static Post.Builder post() {
        var id = Shores.post(0, Network.ACTIVITYPUB);
        return Post.builder(id, Shores.person(0, Network.ACTIVITYPUB), AT);
    }

    private static Arbitrary<RichText> texts() {
        return pieces().list().ofMinSize(1).ofMaxSize(8).map(pieces -> {
            var text = new StringBuilder();
            var facets = new ArrayList<Facet>();
            for (Piece piece : pieces) {
                int at = text.length();
                text.append(piece.words());
                piece.facet().ifPresent(facet -> facets.add(facet.shifted(at)));
            }
            return new RichText(text.toString(), facets);
        });
    }

    private static Arbitrary<Piece> pieces() {
        Arbitrary<Piece> words = Arbitraries.of(
                        "hello ",
                        "café ",
                        "👩‍👩‍👧‍👦 ",
                        "שלום ",
                        "a&b ",
                        "<b>bold</b> ",
                        "&amp; ",
                        "*star* ",
                        "**bold** ",
                        "_under_ ",
                        "snake_case ",
                        "`code` ",
                        "# heading\n",
                        "> said\n",
                        "- item\n",
                        "1. one\n",
                        "@nobody ",
                        "#untagged ",
                        "C++ ",
                        "\"quoted\" ",
                        "[x](y) ",
                        "\\* ",
                        "e\u0301 ",
                        "\n",
                        "\n\n",
                        "  two ",
                        "… ",
                        "a:b ",
                        "5 < 6 > 4 ",
                        "'tis ")
                .map(said -> new Piece(said, Optional.empty()));
        Arbitrary<Piece> mentions = Arbitraries.integers()
                .between(0, Shores.PEOPLE - 1)
                .map(i -> {
                    String name = "@p" + i;
                    return new Piece(
                            name + " ",
                            Optional.of(new Facet.Mention(0, name.length(), Shores.person(i, Network.ACTIVITYPUB))));
                });
        Arbitrary<Piece> tags = Arbitraries.of("boats", "Sea", "été", "日本")
                .map(tag -> new Piece("#" + tag + " ", Optional.of(new Facet.Hashtag(0, tag.length() + 1, tag))));
        Arbitrary<Piece> links = Combinators.combine(
                        Arbitraries.of(
                                "https://example.org/",
                                "https://example.org/a/rather/long/path?q=1&r=2#there",
                                "http://www.example.com",
                                "https://example.org/wiki/Boat_(ship)"),
                        Arbitraries.of("", "", "", "these words"))
                .as((address, shown) -> {
                    String said = shown.isEmpty() ? address : shown;
                    return new Piece(said + " ", Optional.of(new Facet.Link(0, said.length(), URI.create(address))));
                });
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, words),
                net.jqwik.api.Tuple.of(1, mentions),
                net.jqwik.api.Tuple.of(1, tags),
                net.jqwik.api.Tuple.of(1, links));
    }

    private static Arbitrary<Optional<Integer>> references() {
        return sometimes(Arbitraries.integers().between(1, Shores.POSTS - 1));
    }

    private static Arbitrary<List<String>> languages() {
        return Arbitraries.of(List.of(), List.of("en"), List.of("fr"), List.of("pt-BR"), List.of("en", "de"));
    }

    private static Arbitrary<List<Media>> media() {
        Arbitrary<List<Integer>> numbers = Arbitraries.integers()
                .between(0, Shores.FILES - 2)
                .list()
                .uniqueElements()
                .ofMaxSize(3);
        Arbitrary<List<Integer>> film = Arbitraries.of(List.of(Shores.FILES - 1), List.of());
        Arbitrary<List<Integer>> none = Arbitraries.of(List.of(List.of()));
        return Combinators.combine(Arbitraries.oneOf(numbers, film, none, none), alternatives())
                .as((files, alt) -> files.stream().map(i -> file(i, alt)).toList());
    }

    private static Arbitrary<String> alternatives() {
        return Arbitraries.of("", "A boat", "A <boat> & the \"sea\"", "two\nlines");
    }

    private static Media file(int number, String alt) {
        boolean film = Shores.isFilm(number);
        return Media.of(Shores.file(number), film ? Media.Kind.VIDEO : Media.Kind.IMAGE)
                .withMediaType(film ? "video/mp4" : "image/jpeg")
                .withDimensions(new Media.Dimensions(640, 480 + number))
                .withAlt(alt);
    }

    private static Arbitrary<Optional<ContentWarning>> warnings() {
        return sometimes(Arbitraries.of(
                new ContentWarning(""),
                new ContentWarning("spoilers"),
                new ContentWarning("<spoiler> 5 < 6 & more"),
                new ContentWarning("Nudity", Set.of(ContentWarning.Label.NUDITY)),
                new ContentWarning("a hospital", Set.of(ContentWarning.Label.GRAPHIC_MEDIA))));
    }

    private static Arbitrary<Optional<Poll>> polls() {
        Arbitrary<List<Poll.Option>> options = Arbitraries.of("Yes", "No", "<maybe>", "Rock & roll", "été")
                .list()
                .uniqueElements()
                .ofMinSize(2)
                .ofMaxSize(4)
                .map(texts ->
                        texts.stream().map(text -> new Poll.Option(text, 0)).toList());
        return sometimes(Combinators.combine(options, Arbitraries.of(true, false))
                .as((said, multiple) -> new Poll(
                        said, multiple, Optional.of(AT.plusSeconds(86_400)), Optional.empty(), Optional.empty())));
    }

    private static Arbitrary<Optional<Article>> articles() {
        return sometimes(Combinators.combine(
                        Arbitraries.of("On boats", "<Boats> & \"ships\""),
                        Arbitraries.of("", "Why they float"),
                        bodies())
                .as(Article::new));
    }

    /// Long enough that nobody takes it for a note.
    private static Arbitrary<Optional<ArticleBody>> bodies() {
        Block filler = new Block.Paragraph(
                List.of(new Inline.Text("Boats float. ".repeat(50).strip())));
        return blocks(2)
                .list()
                .ofMaxSize(4)
                .map(blocks -> Optional.of(new ArticleBody(
                        java.util.stream.Stream.concat(blocks.stream(), java.util.stream.Stream.of(filler))
                                .toList())));
    }

    private static Arbitrary<Block> blocks(int deep) {
        Arbitrary<Block> words = Arbitraries.of(
                        new Inline.Text("a * b _c_ <i>d</i> &amp; #e"),
                        new Inline.Emphasis(List.of(new Inline.Text("sea"))),
                        new Inline.Strong(List.of(new Inline.Text("5 < 6"))),
                        new Inline.Code("x * y < z"),
                        new Inline.Picture(Shores.file(0), "A [red] boat"),
                        new Inline.Link(
                                URI.create("https://example.org/a?b=1&c=2"), List.of(new Inline.Text("these words"))))
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(inlines -> {
                    var spaced = new ArrayList<Inline>();
                    inlines.forEach(inline -> {
                        if (!spaced.isEmpty()) {
                            spaced.add(new Inline.Text(" "));
                        }
                        spaced.add(inline);
                    });
                    return new Block.Paragraph(spaced);
                });
        Arbitrary<Block> code = Arbitraries.of(
                new Block.CodeBlock("java", "if (a < b) {\n    c();\n}"), new Block.CodeBlock("", "* * *\n\n# no"));
        if (deep == 0) {
            return Arbitraries.oneOf(words, code);
        }
        Arbitrary<Block> headings = Arbitraries.integers()
                .between(1, 6)
                .map(level -> new Block.Heading(level, List.of(new Inline.Text("Why 1 > 0"))));
        Arbitrary<List<Block>> inner =
                Combinators.combine(words, blocks(deep - 1)).as((first, then) -> List.of(first, then));
        Arbitrary<Block> quotations = inner.map(Block.Quotation::new);
        Arbitrary<Block> lists = Combinators.combine(
                        Arbitraries.of(true, false),
                        inner.map(Block.Item::new).list().ofMinSize(1).ofMaxSize(2))
                .as((ordered, items) -> new Block.Listing(ordered, ordered ? 3 : 1, items));
        return Arbitraries.oneOf(words, code, headings, quotations, lists);
    }

    private static <T> Arbitrary<Optional<T>> sometimes(Arbitrary<T> values) {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(3, Arbitraries.just(Optional.<T>empty())),
                net.jqwik.api.Tuple.of(1, values.map(Optional::of)));
    }

    private static RichText appended(RichText text, String words) {
        return new RichText(text.text() + words, text.facets());
    }
}
