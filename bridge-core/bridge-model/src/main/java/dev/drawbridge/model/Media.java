package dev.drawbridge.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A picture, a film, a recording or another file that belongs to a post.
///
/// @param url where its bytes are
/// @param kind what a reader does with it
/// @param mediaType its type as RFC 6838 writes it (`image/png`), where known
/// @param alt what it shows, for people who cannot see or hear it; empty if the author did not say
/// @param focalPoint the part that must stay visible when it is cropped
/// @param blurhash a blurred preview as [BlurHash](https://github.com/woltapp/blurhash) writes it
/// @param dimensions its size as shown
/// @param duration how long it plays
/// @param preview a still picture of it
/// @param sha256 the SHA-256 of its bytes in lower-case hexadecimal, where the source says it
public record Media(
        URI url,
        Kind kind,
        Optional<String> mediaType,
        String alt,
        Optional<FocalPoint> focalPoint,
        Optional<String> blurhash,
        Optional<Dimensions> dimensions,
        Optional<Duration> duration,
        Optional<URI> preview,
        Optional<String> sha256) {
    /// What a reader does with a file.
    public enum Kind {
        IMAGE,
        VIDEO,
        AUDIO,
        /// Anything else: offered as a link.
        FILE;

        /// The kind a media type belongs to.
        public static Kind of(String mediaType) {
            return switch (mediaType.split("/", 2)[0].strip().toLowerCase(java.util.Locale.ROOT)) {
                case "image" -> IMAGE;
                case "video" -> VIDEO;
                case "audio" -> AUDIO;
                default -> FILE;
            };
        }
    }

    /// A point of a picture: the middle is (0, 0), the right upper corner (1, 1), the left lower one (-1, -1).
    public record FocalPoint(double x, double y) {
        public FocalPoint {
            if (!(Math.abs(x) <= 1 && Math.abs(y) <= 1)) {
                throw new IllegalArgumentException("a focal point outside the picture: " + x + ", " + y);
            }
        }
    }

    /// In pixels, both at least 1.
    public record Dimensions(int width, int height) {
        public Dimensions {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("a picture without extent: " + width + " x " + height);
            }
        }
    }

    public Media {
        if (duration.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("plays for less than no time: " + duration.get());
        }
    }

    /// One whose bytes nobody vouches for.
    public Media(
            URI url,
            Kind kind,
            Optional<String> mediaType,
            String alt,
            Optional<FocalPoint> focalPoint,
            Optional<String> blurhash,
            Optional<Dimensions> dimensions,
            Optional<Duration> duration,
            Optional<URI> preview) {
        this(url, kind, mediaType, alt, focalPoint, blurhash, dimensions, duration, preview, Optional.empty());
    }

    /// A file of which nothing but the address is known.
    public static Media of(URI url, Kind kind) {
        return new Media(
                url,
                kind,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Media withMediaType(String type) {
        return new Media(
                url, kind, Optional.of(type), alt, focalPoint, blurhash, dimensions, duration, preview, sha256);
    }

    public Media withAlt(String words) {
        return new Media(url, kind, mediaType, words, focalPoint, blurhash, dimensions, duration, preview, sha256);
    }

    public Media withFocalPoint(FocalPoint point) {
        return new Media(
                url, kind, mediaType, alt, Optional.of(point), blurhash, dimensions, duration, preview, sha256);
    }

    public Media withBlurhash(String hash) {
        return new Media(
                url, kind, mediaType, alt, focalPoint, Optional.of(hash), dimensions, duration, preview, sha256);
    }

    public Media withDimensions(Dimensions size) {
        return new Media(url, kind, mediaType, alt, focalPoint, blurhash, Optional.of(size), duration, preview, sha256);
    }

    public Media withDuration(Duration length) {
        return new Media(
                url, kind, mediaType, alt, focalPoint, blurhash, dimensions, Optional.of(length), preview, sha256);
    }

    public Media withPreview(URI still) {
        return new Media(
                url, kind, mediaType, alt, focalPoint, blurhash, dimensions, duration, Optional.of(still), sha256);
    }

    /// @param digest of its bytes, in hexadecimal
    public Media withSha256(String digest) {
        return new Media(
                url,
                kind,
                mediaType,
                alt,
                focalPoint,
                blurhash,
                dimensions,
                duration,
                preview,
                Optional.of(digest.toLowerCase(java.util.Locale.ROOT)));
    }
}
