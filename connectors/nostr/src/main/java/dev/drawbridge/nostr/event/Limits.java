package dev.drawbridge.nostr.event;

/// How much of somebody else's JSON is read before it is refused.
///
/// @param depth arrays and objects inside each other
/// @param tags in one event
/// @param tagItems in one tag
/// @param content UTF-16 code units of an event's content
/// @param tagItem UTF-16 code units of one item of a tag
/// @param filters in one request
/// @param filterValues in one filter, all its lists together
public record Limits(int depth, int tags, int tagItems, int content, int tagItem, int filters, int filterValues) {
    /// What popular relays and clients stay within; follow lists are the longest.
    public static final Limits DEFAULT = new Limits(8, 10_000, 64, 512_000, 16_384, 20, 20_000);
}
