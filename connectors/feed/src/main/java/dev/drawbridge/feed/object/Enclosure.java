package dev.drawbridge.feed.object;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A file that belongs to an entry.
///
/// @param url http or https
/// @param type its media type where the feed says so
/// @param title what it shows; may be empty
/// @param width in pixels; 0 if unknown, and then so is the height
/// @param duration how long it plays
public record Enclosure(
        URI url, Optional<String> type, String title, int width, int height, Optional<Duration> duration) {
    /// A file of which nothing but the address is known.
    public static Enclosure of(URI url) {
        return new Enclosure(url, Optional.empty(), "", 0, 0, Optional.empty());
    }
}
