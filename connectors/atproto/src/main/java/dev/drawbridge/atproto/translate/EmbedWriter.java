package dev.drawbridge.atproto.translate;

import dev.drawbridge.atproto.record.lexicon.Graphemes;
import dev.drawbridge.model.Article;
import dev.drawbridge.model.LinkCard;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Quote;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a copy shows below its text: one quote, and one of pictures, a video and a card. Made for one post.
final class EmbedWriter {
    private static final int MAX_IMAGES = 4;
    private static final int MAX_GALLERY = 20;
    private static final int MAX_TITLE = 300;
    private static final int MAX_DESCRIPTION = 600;
    private static final int BYTES_PER_GRAPHEME = 10;

    private final Post post;
    private final Resolved resolved;
    private final List<Loss> losses;
    private final List<Media> shown;
    private final Optional<ObjectRef> quoted;

    private EmbedWriter(Post post, Resolved resolved, List<Loss> losses) {
        this.post = post;
        this.resolved = resolved;
        this.losses = losses;
        this.shown = shown();
        this.quoted = post.quote().map(Quote::target).flatMap(this::here);
    }

    static EmbedWriter of(Post post, Resolved resolved, List<Loss> losses) {
        return new EmbedWriter(post, resolved, losses);
    }

    /// The post without what is shown below the text: that has to be said in words.
    Post rest() {
        return post.toBuilder()
                .media(post.media().stream()
                        .filter(file -> !shown.contains(file))
                        .toList())
                .quote(quoted.isPresent() ? Optional.empty() : post.quote())
                .build();
    }

    /// @param text the text as it is shown, which a card continues where it was cut
    void write(ObjectNode record, PostText.Composed text) {
        Optional<ObjectNode> media = media();
        Optional<LinkCard> card = card(text);
        if (media.isPresent() && post.card().isPresent()) {
            losses.add(new Loss("card", "shown as a link beside the media"));
        }
        Optional<ObjectNode> below = media.or(() -> card.flatMap(this::external));
        Optional<ObjectNode> quote = quoted.map(ref -> {
            ObjectNode embed = typed(Lexicons.RECORD);
            embed.set("record", StrongRefs.write(ref));
            return embed;
        });
        if (quote.isPresent() && below.isPresent()) {
            ObjectNode both = typed(Lexicons.RECORD_WITH_MEDIA);
            both.set("record", quote.get());
            both.set("media", below.get());
            record.set("embed", both);
        } else {
            quote.or(() -> below).ifPresent(embed -> record.set("embed", embed));
        }
    }

    /// The quoted post as a post of this network, if it is one.
    private Optional<ObjectRef> here(ObjectRef target) {
        return resolved.objectHere(target.id()).filter(here -> here.version().isPresent() && EmbedReader.isPost(here));
    }

    /// The files that go below the text. Where there is a warning that this network has no label for, none does:
    /// readers would see openly what the author covered.
    private List<Media> shown() {
        if (covered()) {
            return List.of();
        }
        List<Media> images = new ArrayList<>();
        for (Media file : post.media()) {
            Optional<String> type = resolved.file(file.url()).map(HostedFile::mediaType);
            if (type.filter("video/mp4"::equals).isPresent() && images.isEmpty()) {
                return List.of(file);
            }
            if (type.filter(t -> t.startsWith("image/")).isPresent() && !images.contains(file)) {
                images.add(file);
            }
        }
        boolean gallery = images.stream().allMatch(file -> dimensions(file).isPresent());
        return images.stream().limit(gallery ? MAX_GALLERY : MAX_IMAGES).toList();
    }

    private boolean covered() {
        return post.warning().filter(warning -> warning.labels().isEmpty()).isPresent();
    }

    private Optional<ObjectNode> media() {
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        if (shown.stream().anyMatch(file -> file.focalPoint().isPresent())) {
            losses.add(new Loss("media", "the focal point is left out"));
        }
        Media first = shown.getFirst();
        if (hosted(first).mediaType().equals("video/mp4")) {
            ObjectNode video = typed(Lexicons.VIDEO);
            video.set("video", Blobs.write(hosted(first)));
            return Optional.of(described(video, first));
        }
        boolean gallery = shown.size() > MAX_IMAGES;
        ObjectNode embed = typed(gallery ? Lexicons.GALLERY : Lexicons.IMAGES);
        ArrayNode items = embed.putArray(gallery ? "items" : "images");
        for (Media file : shown) {
            ObjectNode item = gallery ? items.addObject().put("$type", Lexicons.GALLERY + "#image") : items.addObject();
            item.set("image", Blobs.write(hosted(file)));
            described(item, file);
        }
        return Optional.of(embed);
    }

    private ObjectNode described(ObjectNode item, Media file) {
        item.put("alt", Graphemes.storable(file.alt()));
        dimensions(file)
                .ifPresent(size ->
                        item.putObject("aspectRatio").put("width", size.width()).put("height", size.height()));
        return item;
    }

    private HostedFile hosted(Media file) {
        return resolved.file(file.url()).orElseThrow();
    }

    /// Of the bytes that are shown, else as the source says.
    private Optional<Media.Dimensions> dimensions(Media file) {
        return hosted(file).dimensions().or(file::dimensions);
    }

    /// The card of the post; of an article and of a text that was cut, the page of the original.
    private Optional<LinkCard> card(PostText.Composed text) {
        if (post.card().isPresent() || post.url().isEmpty()) {
            return post.card();
        }
        if (post.article().isPresent()) {
            Article article = post.article().get();
            return Optional.of(new LinkCard(post.url().get(), article.title(), article.summary(), Optional.empty()));
        }
        String more = post.warning().isPresent() || text.missing().isEmpty() ? "" : "… " + text.missing();
        return post.url()
                .filter(_ -> text.cut())
                .map(url -> new LinkCard(url, String.valueOf(url.getHost()), more, Optional.empty()));
    }

    private Optional<ObjectNode> external(LinkCard card) {
        String uri = card.uri().toASCIIString();
        if (!FacetWriter.isUri(uri)) {
            losses.add(new Loss("card", "its address is none the network takes"));
            return Optional.empty();
        }
        String title = fit(card.title(), MAX_TITLE);
        String description = fit(card.description(), MAX_DESCRIPTION);
        // A card that goes on with the text is told of with the text.
        boolean own = post.card().isPresent() || post.article().isPresent();
        if (own
                && (title.endsWith("…") && !card.title().strip().endsWith("…")
                        || description.endsWith("…")
                                && !card.description().strip().endsWith("…"))) {
            losses.add(new Loss("card", "its words are longer than the network takes: cut"));
        }
        ObjectNode embed = typed(Lexicons.EXTERNAL);
        ObjectNode external =
                embed.putObject("external").put("uri", uri).put("title", title).put("description", description);
        card.picture()
                .filter(_ -> !covered())
                .flatMap(resolved::file)
                .filter(file -> file.mediaType().startsWith("image/"))
                .ifPresent(file -> external.set("thumb", Blobs.write(file)));
        return Optional.of(embed);
    }

    private static String fit(String text, int graphemes) {
        String storable = Graphemes.storable(text).strip();
        int bytes = graphemes * BYTES_PER_GRAPHEME;
        return Graphemes.fits(storable, graphemes, bytes)
                ? storable
                : storable.substring(0, Graphemes.prefix(storable, graphemes - 1, bytes - 3)) + "…";
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("$type", type);
    }
}
