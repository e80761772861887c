package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.RichText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The post that a post quotes, in whichever of the six ways servers write it, the first that is there:
/// `quote` ([FEP-044f](https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md)), `_misskey_quote`,
/// `quoteUrl`, `quoteUri`, an object link
/// ([FEP-e232](https://codeberg.org/fediverse/fep/src/branch/main/fep/e232/fep-e232.md)), and a last line `RE:
/// <address>`.
///
/// @param quote the quoted post
/// @param text the text without the line that stands for the quote
/// @param gone whether the post says that what it quoted is gone
/// @param denied whether the quoted author did not say that they allow it: the text ends with a link instead
record QuoteReader(Optional<Quote> quote, RichText text, boolean gone, boolean denied) {
    private static final List<String> PROPERTIES = List.of("quote", "_misskey_quote", "quoteUrl", "quoteUri");
    private static final String MISSKEY = "https://misskey-hub.net/ns#_misskey_quote";

    /// Only who writes `quote` can show a permission. The other spellings know none: there, what the quoted author
    /// said about quotes is honoured by who delivers.
    ///
    /// @param allowed whether the author of a post, named by its id, is known to allow quotes of it
    static QuoteReader read(As2 note, RichText text, Predicate<String> allowed) {
        boolean gone = note.object("quote").filter(q -> q.isA("Tombstone")).isPresent();
        if (gone) {
            return new QuoteReader(Optional.empty(), text, true, false);
        }
        var named = named(note).toList();
        var last = lastLine(text);
        if (!named.isEmpty() && note.has("quote") && !allowed.test(named.getFirst())) {
            return new QuoteReader(Optional.empty(), linked(text, named.getFirst(), last), false, true);
        }
        if (!named.isEmpty()) {
            // The line goes only if it says what the properties say.
            boolean same = last.filter(line -> named.contains(line.target().toString())
                            || note.refs("quoteUrl").contains(line.target().toString()))
                    .isPresent();
            return new QuoteReader(
                    Optional.of(quote(named.getFirst())), same ? without(text, last.get()) : text, false, false);
        }
        return last.map(line -> new QuoteReader(
                        Optional.of(quote(line.target().toString())), without(text, line), false, false))
                .orElseGet(() -> new QuoteReader(Optional.empty(), text, false, false));
    }

    /// The text with a line that stands for the quote, unless it has one.
    private static RichText linked(RichText text, String quoted, Optional<Line> last) {
        Optional<URI> target = Uris.tryHttp(quoted);
        if (last.isPresent() || target.isEmpty()) {
            return text;
        }
        String before = text.text().isEmpty() ? "RE: " : text.text() + "\n\nRE: ";
        var facets = new ArrayList<>(text.facets());
        facets.add(new Facet.Link(before.length(), before.length() + quoted.length(), target.get()));
        return new RichText(before + quoted, facets);
    }

    private static Quote quote(String id) {
        return new Quote(ObjectRef.of(CopyIds.id(id)), Uris.tryHttp(id));
    }

    private static Stream<String> named(As2 note) {
        var links =
                note.objects("tag").stream().filter(QuoteReader::isQuoteLink).flatMap(t -> t.text("href").stream());
        return Stream.concat(PROPERTIES.stream().flatMap(p -> note.refs(p).stream()), links)
                .filter(id -> Uris.isHttp(id));
    }

    private static boolean isQuoteLink(As2 tag) {
        String type = tag.text("mediaType").orElse("").toLowerCase(Locale.ROOT);
        boolean document = type.startsWith("application/ld+json") || type.startsWith("application/activity+json");
        boolean quote = tag.refs("rel").contains(MISSKEY)
                || tag.text("name").filter(n -> n.strip().startsWith("RE")).isPresent();
        return tag.isA("Link") && document && quote;
    }

    /// The last line of a text, where it is `RE:` and one link.
    private record Line(int start, URI target) {}

    private static Optional<Line> lastLine(RichText text) {
        if (text.facets().isEmpty() || !(text.facets().getLast() instanceof Facet.Link link)) {
            return Optional.empty();
        }
        int start = text.text().lastIndexOf('\n', link.start()) + 1;
        String before = text.text().substring(start, link.start()).strip();
        boolean last = text.text().substring(link.end()).isBlank();
        return last && (before.equals("RE:") || before.equals("QT:"))
                ? Optional.of(new Line(start, link.target()))
                : Optional.empty();
    }

    private static RichText without(RichText text, Line line) {
        String kept = text.text().substring(0, line.start()).stripTrailing();
        var facets = new ArrayList<>(text.facets());
        facets.removeIf(f -> f.end() > kept.length());
        return new RichText(kept, facets);
    }
}
