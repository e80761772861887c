package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.atproto.record.syntax.LanguageTag;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Reads `app.bsky.feed.post` records.
final class PostReader {
    private PostReader() {}

    /// The quoted post, if there is one.
    static Optional<ObjectRef> quoted(ObjectNode record) {
        return EmbedReader.shown(record).filter(EmbedReader::isPost);
    }

    static Optional<ObjectNode> reply(ObjectNode record) {
        return Fields.optionalObject(record, "reply");
    }

    /// Everybody mentioned, duplicates included.
    static Stream<NativeId> mentions(ObjectNode record) {
        return FacetReader.read(Fields.string(record, "text"), Fields.list(record, "facets"), new ArrayList<>())
                .stream()
                .flatMap(facet -> facet instanceof Facet.Mention mention ? Stream.of(mention.actor()) : Stream.empty());
    }

    static Post read(RepoDocument.Write write, Resolved resolved, List<Loss> losses) {
        ObjectNode record = write.record();
        Optional<ObjectNode> reply = reply(record);
        EmbedReader.Embedded embedded = EmbedReader.read(write, resolved, losses);
        return Post.builder(write.uri(), write.author(), Fields.datetime(record, "createdAt"))
                .version(Optional.of(write.cid()))
                .text(text(write, embedded, losses))
                .warning(SelfLabels.warning(record, losses))
                .inReplyTo(reply.map(refs -> Fields.strongRef(refs, "parent")))
                .threadRoot(reply.map(refs -> Fields.strongRef(refs, "root")))
                .languages(languages(record, losses))
                .url(EmbedReader.Pages.of(write.uri()))
                .media(embedded.media())
                .quote(embedded.quote())
                .card(embedded.card())
                .interactions(GateReader.policy(write, losses))
                .build();
    }

    private static List<String> languages(ObjectNode record, List<Loss> losses) {
        List<String> tags = Fields.strings(record, "langs");
        List<String> known = tags.stream().filter(LanguageTag::hasSyntax).toList();
        if (known.size() < tags.size()) {
            losses.add(new Loss("languages", "what is no language tag is left out"));
        }
        return known;
    }

    private static RichText text(RepoDocument.Write write, EmbedReader.Embedded embedded, List<Loss> losses) {
        ObjectNode record = write.record();
        String text = Fields.string(record, "text");
        if (!Graphemes.fits(text, PostText.MAX_GRAPHEMES, PostText.MAX_BYTES)) {
            throw new BadField("text", "is longer than 300 characters or 3000 bytes");
        }
        TextBuilder out = new TextBuilder();
        out.append(new RichText(text, FacetReader.read(text, Fields.list(record, "facets"), losses)));
        embedded.links().forEach(out::link);
        for (String tag : Fields.strings(record, "tags")) {
            out.hashtag(tag);
        }
        RichText said = out.build();
        if (!said.text().isBlank() || !embedded.nothing()) {
            return said;
        }
        if (!record.has("embed")) {
            throw new Uncrossable("nothing in it");
        }
        // What is left of a post of nothing but lost pictures is where to see them.
        EmbedReader.Pages.of(write.uri()).ifPresent(out::link);
        return out.build();
    }
}
