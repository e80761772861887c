package dev.drawbridge.feed.wire;

import dev.drawbridge.feed.object.Feed;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What came of asking for a feed.
sealed interface Fetched {
    /// It is there.
    ///
    /// @param etag to be given back next time; empty if there is none
    /// @param modified the same for `Last-Modified`
    /// @param address where to ask from now on: elsewhere only after redirects for good
    /// @param fresh how long it does not change, as the server says
    record Fresh(Feed feed, String etag, String modified, URI address, Optional<Duration> fresh) implements Fetched {}

    /// It is as it was.
    record Unchanged(Optional<Duration> fresh) implements Fetched {}

    /// It is gone for good (410).
    record Gone() implements Fetched {}

    /// Not now.
    ///
    /// @param after how long the server asks to be left alone
    record Failed(String reason, Optional<Duration> after) implements Fetched {}
}
