package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The text of a copy: warning first, people by the names they have here, within the limit of the network.
final class PostText {
    static final int MAX_GRAPHEMES = 300;
    static final int MAX_BYTES = 3000;

    /// What the text of a warning may take of the room.
    private static final int MAX_WARNING = 100;

    private static final int MAX_WARNING_BYTES = 1000;

    private PostText() {}

    /// A text that fits.
    ///
    /// @param cut whether something of the original is missing
    /// @param missing the words that are missing
    /// @param rest what goes on with it, each a text that fits
    record Composed(RichText text, boolean cut, String missing, List<RichText> rest) {
        Composed {
            rest = List.copyOf(rest);
        }
    }

    /// @param threads whether a text that does not fit is divided, where that can be done
    static Composed compose(Post post, Resolved resolved, boolean threads, List<Loss> losses) {
        String warning = post.warning()
                .filter(said -> !SelfLabels.saysItAll(said))
                .map(said -> prefix(said, losses))
                .orElse("");
        RichText shown = ShownUrls.in(body(post.text(), resolved, losses));
        RichText text = warned(warning, shown);
        if (Graphemes.fits(text.text(), MAX_GRAPHEMES, MAX_BYTES)) {
            return new Composed(text, false, "", List.of());
        }
        List<RichText> parts = threads
                ? TextSplit.split(shown, warning).stream()
                        .map(part -> warned(warning, part))
                        .toList()
                : List.of();
        if (!parts.isEmpty()) {
            return new Composed(parts.getFirst(), false, "", parts.subList(1, parts.size()));
        }
        losses.add(new Loss("text", "longer than 300 characters: cut, with a link to the original"));
        return TextCut.cut(text, post.url(), losses);
    }

    private static RichText warned(String warning, RichText text) {
        return new TextBuilder().append(warning).append(text).build();
    }

    private static String prefix(ContentWarning warning, List<Loss> losses) {
        String reason = Graphemes.storable(warning.reason()).strip();
        String words = reason.isEmpty() ? "sensitive" : reason;
        int end = Graphemes.prefix(words, MAX_WARNING, MAX_WARNING_BYTES);
        String cut = end < words.length() ? ", cut to " + MAX_WARNING + " characters" : "";
        losses.add(new Loss("warning", "stands before the text" + cut + ": words cover nothing on this network"));
        return "[" + words.substring(0, end) + (end < words.length() ? "…" : "") + "]\n\n";
    }

    /// The text with every mention turned into what it is here.
    static RichText body(RichText source, Resolved resolved, List<Loss> losses) {
        String text = Graphemes.storable(source.text());
        TextBuilder out = new TextBuilder();
        int at = 0;
        for (Facet facet : source.facets()) {
            out.append(text.substring(at, facet.start()));
            String span = text.substring(facet.start(), facet.end());
            switch (facet) {
                case Facet.Mention mention -> mention(mention, span, resolved, out, losses);
                case Facet.Hashtag tag ->
                    out.append(span, (start, end) -> new Facet.Hashtag(start, end, Graphemes.storable(tag.tag())));
                case Facet.Link link -> out.append(span, (start, end) -> new Facet.Link(start, end, link.target()));
            }
            at = facet.end();
        }
        return out.append(text.substring(at)).build();
    }

    private static void mention(
            Facet.Mention mention, String span, Resolved resolved, TextBuilder out, List<Loss> losses) {
        Optional<Resolved.Actor> actor = resolved.actor(mention.actor());
        Optional<NativeId> here = actor.flatMap(Resolved.Actor::here)
                .or(() -> Optional.of(mention.actor()))
                .filter(id -> id.network().equals(Network.ATPROTO));
        String name = actor.flatMap(Resolved.Actor::handle).map(PostText::at).orElse(span);
        if (here.isPresent()) {
            out.append(name, (start, end) -> new Facet.Mention(start, end, here.get()));
            return;
        }
        losses.add(new Loss("mention", name + " is not on this network"));
        Optional<URI> page = actor.flatMap(Resolved.Actor::url);
        if (page.isPresent()) {
            out.append(name, (start, end) -> new Facet.Link(start, end, page.get()));
        } else {
            out.append(name);
        }
    }

    private static String at(String handle) {
        return handle.startsWith("@") ? handle : "@" + handle;
    }
}
