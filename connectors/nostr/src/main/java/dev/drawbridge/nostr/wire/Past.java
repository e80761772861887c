package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.store.Deletions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Posts of one author that are still there, as far as what was read says: deleted ones, older versions and what was
/// there when they wanted to vanish are not. Bounded by what is given to it.
final class Past {
    private static final Comparator<Event> NEWEST_FIRST =
            Comparator.comparingLong(Event::createdAt).reversed().thenComparing(Event::id);

    /// By address, where there can be versions; else by id.
    private final Map<String, Event> posts = new HashMap<>();

    private final Set<EventId> deleted = new HashSet<>();
    private final Map<String, Long> emptied = new HashMap<>();
    private long vanished = -1;
    private long size;

    /// @param event with the right id and signature: a post, a deletion, or a request to vanish that means us
    void add(Event event) {
        size += event.size();
        switch (event.kind()) {
            case Kind.DELETION -> {
                deleted.addAll(Deletions.ids(event));
                Deletions.addresses(event).forEach(a -> emptied.merge(a, event.createdAt(), Math::max));
                posts.values().removeIf(this::isGone);
            }
            case Kind.VANISH -> {
                vanished = Math.max(vanished, event.createdAt());
                posts.values().removeIf(this::isGone);
            }
            default -> {
                if (!isGone(event)) {
                    posts.merge(key(event), event, (a, b) -> b.replaces(a) ? b : a);
                }
            }
        }
    }

    /// Takes what another place says as well.
    void add(Past other) {
        size += other.size;
        deleted.addAll(other.deleted);
        other.emptied.forEach((address, at) -> emptied.merge(address, at, Math::max));
        vanished = Math.max(vanished, other.vanished);
        other.posts.forEach((key, event) -> posts.merge(key, event, (a, b) -> b.replaces(a) ? b : a));
        posts.values().removeIf(this::isGone);
    }

    private static String key(Event event) {
        return event.address().orElseGet(() -> event.id().hex());
    }

    private boolean isGone(Event event) {
        boolean emptiedSince = event.address()
                .filter(address -> emptied.getOrDefault(address, -1L) >= event.createdAt())
                .isPresent();
        return deleted.contains(event.id()) || emptiedSince || event.createdAt() <= vanished;
    }

    /// How many posts there are.
    int count() {
        return posts.size();
    }

    /// About how many characters were read.
    long size() {
        return size;
    }

    /// The newest of them, newest first.
    List<Event> newest(int most) {
        return posts.values().stream().sorted(NEWEST_FIRST).limit(most).toList();
    }
}
