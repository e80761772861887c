package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads `app.bsky.feed.post` records.
///
/// What has no counterpart yet becomes text: a link card its address, a quote the address of the quoted post.
final class PostReader {
    private static final int MAX_GRAPHEMES = 300;
    private static final int MAX_BYTES = 3000;
    private static final String PAGES = "https://bsky.app/profile/";

    private PostReader() {}

    /// The quoted post, if there is one.
    static Optional<ObjectRef> quoted(ObjectNode record) {
        return Fields.optionalObject(record, "embed").flatMap(embed -> switch (type(embed)) {
            case "app.bsky.embed.record" -> Optional.of(Fields.strongRef(embed, "record"));
            case "app.bsky.embed.recordWithMedia" ->
                Optional.of(Fields.strongRef(Fields.object(embed, "record"), "record"));
            default -> Optional.empty();
        });
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
        return Post.builder(write.uri(), write.author(), Fields.datetime(record, "createdAt"))
                .version(Optional.of(write.cid()))
                .text(text(record, resolved, losses))
                .warning(warning(record))
                .inReplyTo(reply.map(refs -> Fields.strongRef(refs, "parent")))
                .threadRoot(reply.map(refs -> Fields.strongRef(refs, "root")))
                .languages(Fields.strings(record, "langs"))
                .url(page(write.uri()))
                .build();
    }

    private static RichText text(ObjectNode record, Resolved resolved, List<Loss> losses) {
        String text = Fields.string(record, "text");
        if (!Graphemes.fits(text, MAX_GRAPHEMES, MAX_BYTES)) {
            throw new BadField("text", "is longer than 300 characters or 3000 bytes");
        }
        TextBuilder out = new TextBuilder();
        out.append(new RichText(text, FacetReader.read(text, Fields.list(record, "facets"), losses)));
        Fields.optionalObject(record, "embed").ifPresent(embed -> embed(embed, out, losses));
        quoted(record).ifPresent(quote -> {
            Optional<URI> known = resolved.object(quote.id()).flatMap(Resolved.Post::url);
            known.or(() -> page(quote.id())).ifPresent(out::link);
            losses.add(new Loss("quote", "the quoted post is shown as a link"));
        });
        for (String tag : Fields.strings(record, "tags")) {
            out.hashtag(tag);
        }
        return out.build();
    }

    private static void embed(ObjectNode embed, TextBuilder out, List<Loss> losses) {
        switch (type(embed)) {
            case "app.bsky.embed.recordWithMedia" ->
                Fields.optionalObject(embed, "media").ifPresent(media -> embed(media, out, losses));
            case "app.bsky.embed.external" ->
                FacetReader.page(Fields.string(Fields.object(embed, "external"), "uri"))
                        .ifPresentOrElse(
                                out::link, () -> losses.add(new Loss("link", "the card leads to no page of the web")));
            case "app.bsky.embed.record" -> {}
            default -> losses.add(new Loss("media", "attached media is left out"));
        }
    }

    /// The words a reader sees for the labels an author can set.
    private static Optional<ContentWarning> warning(ObjectNode record) {
        List<String> reasons = new ArrayList<>();
        boolean marked = false;
        for (JsonNode value : record.path("labels").path("values")) {
            String label = value.path("val").asString("");
            marked |= label.equals("!warn");
            String reason = switch (label) {
                case "porn" -> "Adult content";
                case "sexual" -> "Sexually suggestive";
                case "nudity" -> "Nudity";
                case "graphic-media" -> "Graphic media";
                default -> "";
            };
            if (!reason.isEmpty() && !reasons.contains(reason)) {
                reasons.add(reason);
            }
        }
        return marked || !reasons.isEmpty()
                ? Optional.of(new ContentWarning(String.join(", ", reasons)))
                : Optional.empty();
    }

    private static String type(ObjectNode union) {
        return union.path("$type").asString("");
    }

    /// The page of a post in the web client.
    private static Optional<URI> page(NativeId uri) {
        return uri.network().equals(Network.ATPROTO)
                ? AtUri.tryParse(uri.value())
                        .flatMap(at -> at.path()
                                .map(path -> PAGES + at.authority().value() + "/post/"
                                        + path.rkey().value()))
                        .flatMap(FacetReader::uri)
                : Optional.empty();
    }
}
