package dev.drawbridge.feed.translate;

import dev.drawbridge.feed.object.Entry;
import dev.drawbridge.feed.object.EntryIds;
import dev.drawbridge.feed.object.Feed;
import dev.drawbridge.feed.object.JsonFeed;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.EventBody;
import dev.drawbridge.model.spi.NativeEvent;
import java.net.URI;
import java.time.Instant;
import java.util.Set;

/// Entries as events. The author is the feed; the body is a JSON Feed of one entry.
public final class EntryEvents {
    private EntryEvents() {}

    /// Who writes a feed: the feed itself, as the operator wrote its address.
    public static NativeId author(URI feed) {
        return new NativeId(Network.FEED, feed.toString());
    }

    static NativeId id(URI feed, Entry entry) {
        return new NativeId(Network.FEED, EntryIds.whole(feed.toString(), entry.id()));
    }

    /// Something new in a feed.
    public static NativeEvent published(URI feed, Entry entry, Instant receivedAt) {
        return event(id(feed, entry), feed, NativeEvent.Kind.POST, entry, receivedAt);
    }

    /// Something that is there already and says something else now: named after what it says.
    public static NativeEvent edited(URI feed, Entry entry, Instant receivedAt) {
        var name = new NativeId(Network.FEED, id(feed, entry).value() + "&edit=" + entry.fingerprint());
        return event(name, feed, NativeEvent.Kind.EDIT, entry, receivedAt);
    }

    /// What a feed shows of itself, named after what it shows.
    public static NativeEvent profile(URI address, Feed feed, Instant receivedAt) {
        var name = new NativeId(Network.FEED, address + "#&profile=" + feed.fingerprint());
        var body = EventBody.of(JsonFeed.writeProfile(feed, address));
        return new NativeEvent(name, author(address), NativeEvent.Kind.PROFILE, Set.of(), body, receivedAt);
    }

    private static NativeEvent event(NativeId id, URI feed, NativeEvent.Kind kind, Entry entry, Instant receivedAt) {
        return new NativeEvent(id, author(feed), kind, Set.of(), EventBody.of(JsonFeed.write(entry, feed)), receivedAt);
    }
}
