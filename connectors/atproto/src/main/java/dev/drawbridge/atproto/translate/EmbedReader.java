package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.LinkCard;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a post shows below its text, `app.bsky.embed.*`. Made for one record.
final class EmbedReader {
    private final BlobFiles files;
    private final Resolved resolved;
    private final List<Loss> losses;
    private final List<Media> media = new ArrayList<>();
    private Optional<LinkCard> card = Optional.empty();
    private Optional<Quote> quote = Optional.empty();
    private final List<URI> links = new ArrayList<>();

    private EmbedReader(BlobFiles files, Resolved resolved, List<Loss> losses) {
        this.files = files;
        this.resolved = resolved;
        this.losses = losses;
    }

    /// What was found.
    ///
    /// @param links what a reader has to be able to follow, because nothing else shows it
    record Embedded(List<Media> media, Optional<LinkCard> card, Optional<Quote> quote, List<URI> links) {
        boolean nothing() {
            return media.isEmpty() && quote.isEmpty() && links.isEmpty();
        }
    }

    static Embedded read(RepoDocument.Write write, Resolved resolved, List<Loss> losses) {
        var reader = new EmbedReader(BlobFiles.of(write), resolved, losses);
        Fields.optionalObject(write.record(), "embed").ifPresent(reader::embed);
        return new Embedded(reader.media, reader.card, reader.quote, reader.links);
    }

    /// The record that is shown, if there is one.
    static Optional<ObjectRef> shown(ObjectNode record) {
        return Fields.optionalObject(record, "embed").flatMap(embed -> switch (type(embed)) {
            case Lexicons.RECORD -> Optional.of(Fields.strongRef(embed, "record"));
            case Lexicons.RECORD_WITH_MEDIA -> Optional.of(Fields.strongRef(Fields.object(embed, "record"), "record"));
            default -> Optional.empty();
        });
    }

    /// Whether a reference is to a post: lists, feeds and starter packs are shown in the same way.
    static boolean isPost(ObjectRef ref) {
        return AtUri.tryParse(ref.id().value())
                .flatMap(AtUri::path)
                .filter(path -> path.collection().value().equals(Lexicons.POST))
                .isPresent();
    }

    private void embed(ObjectNode embed) {
        switch (type(embed)) {
            case Lexicons.IMAGES -> Fields.list(embed, "images").forEach(this::image);
            case Lexicons.GALLERY -> Fields.list(embed, "items").forEach(this::image);
            case Lexicons.VIDEO -> video(embed);
            case Lexicons.EXTERNAL -> external(Fields.object(embed, "external"));
            case Lexicons.RECORD -> record(Fields.strongRef(embed, "record"));
            case Lexicons.RECORD_WITH_MEDIA -> {
                record(Fields.strongRef(Fields.object(embed, "record"), "record"));
                Fields.optionalObject(embed, "media").ifPresent(this::embed);
            }
            default -> losses.add(new Loss("media", "attached in an unknown form: " + type(embed)));
        }
    }

    private void image(JsonNode item) {
        add(files.media(item.path("image"), Media.Kind.IMAGE), item, "image");
    }

    private void video(ObjectNode embed) {
        add(files.media(embed.path("video"), Media.Kind.VIDEO), embed, "video");
        if (!embed.path("captions").isEmpty()) {
            losses.add(new Loss("media", "the captions of the video are left out"));
        }
    }

    private void add(Optional<Media> file, JsonNode described, String kind) {
        file.map(found -> found.withAlt(described.path("alt").asString("")))
                .map(found -> ratio(described.path("aspectRatio"))
                        .map(found::withDimensions)
                        .orElse(found))
                .ifPresentOrElse(
                        media::add,
                        () -> losses.add(new Loss("media", "the server of this " + kind + " is not known")));
    }

    /// Sides that may stand for a ratio and not for pixels.
    private static Optional<Media.Dimensions> ratio(JsonNode ratio) {
        int width = ratio.path("width").asInt(0);
        int height = ratio.path("height").asInt(0);
        return width > 0 && height > 0 ? Optional.of(new Media.Dimensions(width, height)) : Optional.empty();
    }

    private void external(ObjectNode external) {
        Optional<URI> page = FacetReader.page(Fields.string(external, "uri"));
        if (page.isEmpty()) {
            losses.add(new Loss("link", "the card leads to no page of the web"));
            return;
        }
        Optional<Media> gif = Gifs.read(page.get(), external);
        if (gif.isPresent()) {
            media.add(gif.get());
            return;
        }
        links.add(page.get());
        card = Optional.of(new LinkCard(
                page.get(),
                Fields.optionalString(external, "title").orElse(""),
                Fields.optionalString(external, "description").orElse(""),
                files.address(external.path("thumb"))));
    }

    private void record(ObjectRef shown) {
        Optional<URI> page =
                resolved.object(shown.id()).flatMap(Resolved.Post::url).or(() -> Pages.of(shown.id()));
        if (isPost(shown)) {
            quote = Optional.of(new Quote(shown, page));
            return;
        }
        losses.add(new Loss("quote", "not a post: carried as a link"));
        page.ifPresent(links::add);
    }

    private static String type(ObjectNode union) {
        return union.path("$type").asString("");
    }

    /// Pages of the web client.
    static final class Pages {
        private static final String PROFILE = "https://bsky.app/profile/";

        private Pages() {}

        static Optional<URI> of(NativeId record) {
            return AtUri.tryParse(record.value())
                    .flatMap(uri -> uri.path()
                            .flatMap(path -> address(uri.authority().value(), path))
                            .flatMap(FacetReader::uri));
        }

        private static Optional<String> address(String who, RepoPath path) {
            String key = path.rkey().value();
            return switch (path.collection().value()) {
                case Lexicons.POST -> Optional.of(PROFILE + who + "/post/" + key);
                case "app.bsky.feed.generator" -> Optional.of(PROFILE + who + "/feed/" + key);
                case "app.bsky.graph.list" -> Optional.of(PROFILE + who + "/lists/" + key);
                case "app.bsky.graph.starterpack" -> Optional.of("https://bsky.app/starter-pack/" + who + '/' + key);
                case "app.bsky.labeler.service" -> Optional.of(PROFILE + who);
                default -> Optional.empty();
            };
        }
    }
}
