package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.util.List;

/// What a deletion takes back ([NIP-09](https://nips.nostr.com/9)): bound to its author, so that nobody deletes what
/// others made, not even what is not there yet.
public final class Deletions {
    private Deletions() {}

    /// The events it names, whoever made them.
    public static List<EventId> ids(Event deletion) {
        return deletion.eventIds("e");
    }

    /// The addresses it names that are its author's own.
    public static List<String> addresses(Event deletion) {
        return deletion.tags("a")
                .map(Tag::value)
                .filter(a -> isBy(a, deletion.pubkey()))
                .toList();
    }

    private static boolean isBy(String address, PublicKey author) {
        String[] parts = address.split(":", 3);
        return parts.length == 3 && parts[1].equals(author.hex());
    }

    static String key(EventId id, PublicKey author) {
        return "e:" + id.hex() + ":" + author.hex();
    }

    static String key(String address) {
        return "a:" + address;
    }

    static String key(PublicKey vanished) {
        return "v:" + vanished.hex();
    }
}
