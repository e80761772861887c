package dev.drawbridge.nostr.negentropy;

import dev.drawbridge.nostr.event.EventId;

/// One event of a set: what is compared is its id, what orders it is its time and then its id.
///
/// @param createdAt seconds since 1970, below [Bound#INFINITY]
public record Item(long createdAt, EventId id) implements Comparable<Item> {
    public Item {
        if (createdAt < 0 || createdAt == Bound.INFINITY) {
            throw new IllegalArgumentException("not a time: " + createdAt);
        }
    }

    @Override
    public int compareTo(Item other) {
        return createdAt != other.createdAt ? Long.compare(createdAt, other.createdAt) : id.compareTo(other.id);
    }
}
