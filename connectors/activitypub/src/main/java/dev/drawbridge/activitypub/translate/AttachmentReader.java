package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.Cut;
import dev.drawbridge.model.Loss;
import dev.drawbridge.model.Media;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What is attached to a post: `attachment` of a Note, the file itself of an Image, Video or Audio, the cover of an
/// Article or Page.
///
/// Alternative text is in `summary` or `name` ([Mastodon](https://docs.joinmastodon.org/spec/activitypub/),
/// GoToSocial).
final class AttachmentReader {
    /// In one post, the pictures in its text among them.
    static final int MAX = 32;
    private static final int LONGEST_ALT = 10_000;
    private static final Loss LONG_ALT = new Loss("media", "a description is cut to " + LONGEST_ALT + " characters");
    /// Pixels; a taller film is chosen only if there is no other.
    private static final double TALLEST = 1080;

    private static final Pattern TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+.*");

    private AttachmentReader() {}

    /// Everything, however much it is.
    ///
    /// @param losses takes what is cut of single files
    static List<Media> read(As2 post, List<Loss> losses) {
        var found = new ArrayList<Media>();
        if (post.isA("Video", "Audio", "Image")) {
            itself(post).ifPresent(found::add);
        } else if (post.isA("Article", "Page", "Event")) {
            post.objects("image").stream().flatMap(i -> file(i, "").stream()).forEach(found::add);
        }
        post.objects("attachment").stream()
                .filter(a -> !a.isA("PropertyValue", "Link", "Note", "Place"))
                .flatMap(a -> file(a, "").stream())
                .forEach(found::add);
        post.objects("attachment").stream()
                .filter(a -> a.isA("Link") && mediaKind(a).isPresent())
                .flatMap(a -> file(a, "").stream())
                .forEach(found::add);
        return found.stream()
                .filter(distinct(new java.util.HashSet<>()))
                .map(file -> file.withAlt(Cut.text(file.alt(), LONGEST_ALT, LONG_ALT, losses)))
                .toList();
    }

    private static java.util.function.Predicate<Media> distinct(java.util.Set<URI> seen) {
        return media -> seen.add(media.url());
    }

    /// The film, recording or picture that the post is.
    private static Optional<Media> itself(As2 post) {
        var links = Stream.concat(
                        post.objects("url").stream(),
                        post.objects("url").stream().flatMap(u -> u.objects("tag").stream()))
                .filter(l -> mediaKind(l).filter(k -> k != Media.Kind.FILE).isPresent())
                .toList();
        var best = links.stream()
                .max(Comparator.comparingDouble(l -> {
                    double height = number(l, "height").orElse(0);
                    return height > TALLEST ? -height : height;
                }))
                .orElse(post);
        var preview =
                post.objects("icon").stream().flatMap(i -> address(i).stream()).findFirst();
        return file(best, post.naturalText("name").orElse(""))
                .map(media -> length(post).map(media::withDuration).orElse(media))
                .map(media -> preview.map(media::withPreview).orElse(media));
    }

    private static Optional<Media> file(As2 file, String alt) {
        return address(file).map(url -> {
            var media = Media.of(url, mediaKind(file).orElse(Media.Kind.FILE))
                    .withAlt(alt(file).orElse(alt));
            media = type(file).map(media::withMediaType).orElse(media);
            media = file.text("blurhash")
                    .filter(b -> b.length() <= 200)
                    .map(media::withBlurhash)
                    .orElse(media);
            media = focalPoint(file).map(media::withFocalPoint).orElse(media);
            media = dimensions(file).map(media::withDimensions).orElse(media);
            media = length(file).map(media::withDuration).orElse(media);
            return file.objects("icon").stream()
                    .flatMap(i -> address(i).stream())
                    .findFirst()
                    .map(media::withPreview)
                    .orElse(media);
        });
    }

    private static Optional<URI> address(As2 file) {
        return Stream.concat(file.refs("url").stream(), file.refs("href").stream())
                .flatMap(u -> Uris.tryHttp(u).stream())
                .findFirst();
    }

    /// `summary` before `name`, unless the name is nothing but the name of a file.
    private static Optional<String> alt(As2 file) {
        return Stream.of("summary", "name")
                .flatMap(field -> file.naturalText(field).stream())
                .map(String::strip)
                .filter(words -> !words.isEmpty())
                .findFirst();
    }

    private static Optional<String> type(As2 file) {
        return file.text("mediaType")
                .or(() -> file.objects("url").stream()
                        .flatMap(u -> u.text("mediaType").stream())
                        .findFirst())
                .filter(t -> t.length() <= 200 && TYPE.matcher(t).matches());
    }

    private static Optional<Media.Kind> mediaKind(As2 file) {
        var byType = type(file).map(Media.Kind::of).filter(k -> k != Media.Kind.FILE);
        if (byType.isPresent()) {
            return byType;
        }
        return switch (file.type()) {
            case "Image" -> Optional.of(Media.Kind.IMAGE);
            case "Video" -> Optional.of(Media.Kind.VIDEO);
            case "Audio" -> Optional.of(Media.Kind.AUDIO);
            default -> Optional.empty();
        };
    }

    private static Optional<Media.FocalPoint> focalPoint(As2 file) {
        JsonNode point = file.node().path("focalPoint");
        if (!point.isArray()
                || point.size() != 2
                || !point.get(0).isNumber()
                || !point.get(1).isNumber()) {
            return Optional.empty();
        }
        double x = point.get(0).doubleValue(Double.NaN);
        double y = point.get(1).doubleValue(Double.NaN);
        boolean inside = Math.abs(x) <= 1 && Math.abs(y) <= 1;
        return inside ? Optional.of(new Media.FocalPoint(x, y)) : Optional.empty();
    }

    private static Optional<Media.Dimensions> dimensions(As2 file) {
        double width = number(file, "width").orElse(0);
        double height = number(file, "height").orElse(0);
        boolean sane = width >= 1 && height >= 1 && width <= 100_000 && height <= 100_000;
        return sane ? Optional.of(new Media.Dimensions((int) width, (int) height)) : Optional.empty();
    }

    /// ISO 8601, as ActivityStreams writes a `duration`.
    private static Optional<Duration> length(As2 file) {
        return file.text("duration").flatMap(text -> {
            try {
                return Optional.of(Duration.parse(text)).filter(d -> !d.isNegative());
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        });
    }

    private static OptionalDouble number(As2 file, String name) {
        JsonNode value = file.node().path(name);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue(Double.NaN)) : OptionalDouble.empty();
    }
}
