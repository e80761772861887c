package dev.drawbridge.nostr.event;

import java.util.LinkedHashSet;
import java.util.Set;

/// The posts somebody put first: kind 10001, the whole list each time ([NIP-51](https://nips.nostr.com/51)).
public final class Pins {
    /// Nobody shows more.
    public static final int MOST = 10;

    private Pins() {}

    /// @param list of kind 10001
    /// @return each once, in the order of the list
    public static Set<EventId> of(Event list) {
        Set<EventId> pinned = new LinkedHashSet<>();
        list.eventIds("e").stream().distinct().limit(MOST).forEach(pinned::add);
        return pinned;
    }

    /// How many more there are on the list.
    public static long left(Event list) {
        return Math.max(0, list.eventIds("e").stream().distinct().count() - MOST);
    }
}
