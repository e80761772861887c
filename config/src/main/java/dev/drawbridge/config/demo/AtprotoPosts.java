package dev.drawbridge.config.demo;

import dev.drawbridge.atproto.record.cbor.Blob;
import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a Bluesky app puts into a post beside its text, and what it shows of one. Lexicons `app.bsky.embed`,
/// `app.bsky.richtext.facet`, `com.atproto.label.defs`
final class AtprotoPosts {
    private static final String IMAGES = "app.bsky.embed.images";
    private static final String RECORD = "app.bsky.embed.record";
    private static final String WITH_MEDIA = "app.bsky.embed.recordWithMedia";

    /// The author's own label for what not everybody wants to see.
    static final DataMap GRAPHIC = DataMap.builder()
            .put("$type", "com.atproto.label.defs#selfLabels")
            .put("values", List.of(DataMap.builder().put("val", "graphic-media").build()))
            .build();

    private AtprotoPosts() {}

    static DataMap images(Blob file, String alt) {
        DataMap ratio = DataMap.builder()
                .put("width", SamplePicture.WIDTH)
                .put("height", SamplePicture.HEIGHT)
                .build();
        DataMap image = DataMap.builder()
                .put("image", file.toData())
                .put("alt", alt)
                .put("aspectRatio", ratio)
                .build();
        return DataMap.builder()
                .put("$type", IMAGES)
                .put("images", List.of(image))
                .build();
    }

    /// @param quoted a reference to a post
    static Optional<DataMap> embed(Optional<DataMap> picture, Optional<DataMap> quoted) {
        Optional<DataMap> record = quoted.map(reference ->
                DataMap.builder().put("$type", RECORD).put("record", reference).build());
        if (picture.isPresent() && record.isPresent()) {
            return Optional.of(DataMap.builder()
                    .put("$type", WITH_MEDIA)
                    .put("record", record.get())
                    .put("media", picture.get())
                    .build());
        }
        return picture.or(() -> record);
    }

    /// Spans in bytes of UTF-8.
    static List<DataMap> facets(String text) {
        List<DataMap> facets = new ArrayList<>();
        for (Span span : Span.in(text)) {
            DataMap feature = span.hashtag()
                    ? DataMap.builder()
                            .put("$type", "app.bsky.richtext.facet#tag")
                            .put("tag", span.value())
                            .build()
                    : DataMap.builder()
                            .put("$type", "app.bsky.richtext.facet#link")
                            .put("uri", span.value())
                            .build();
            DataMap index = DataMap.builder()
                    .put("byteStart", bytes(text, span.start()))
                    .put("byteEnd", bytes(text, span.end()))
                    .build();
            facets.add(DataMap.builder()
                    .put("index", index)
                    .put("features", List.of(feature))
                    .build());
        }
        return facets;
    }

    private static long bytes(String text, int end) {
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }

    /// @param address where a file of the post's author is
    static Shown shown(DataMap post, Function<Cid, URI> address) {
        Optional<DataMap> embed = post.map("embed");
        boolean both = embed.flatMap(DataMap::type).filter(WITH_MEDIA::equals).isPresent();
        Optional<DataMap> media = both ? embed.flatMap(e -> e.map("media")) : embed;
        Optional<DataMap> record = both ? embed.flatMap(e -> e.map("record")) : embed;
        List<Shown.Picture> pictures = media.stream()
                .flatMap(m -> Stream.concat(m.maps("images").stream(), m.maps("items").stream()))
                .flatMap(image -> image
                        .map("image")
                        .flatMap(Blob::tryFrom)
                        .map(blob -> new Shown.Picture(
                                address.apply(blob.ref()), image.text("alt").orElse("")))
                        .stream())
                .toList();
        List<String> labels = post.map("labels").stream()
                .flatMap(l -> l.maps("values").stream())
                .flatMap(l -> l.text("val").stream())
                .toList();
        return new Shown(
                labels.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", labels)),
                pictures,
                record.flatMap(r -> r.map("record"))
                        .flatMap(r -> r.text("uri"))
                        .map(uri -> new NativeId(Network.ATPROTO, uri)),
                List.of());
    }
}
