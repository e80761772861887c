package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happened on one shore. Bounded: the oldest is forgotten first.
final class Journal {
    private static final int MOST = 500;
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();

    /// Keeps what came; the same thing again changes nothing.
    synchronized void saw(Sighting sighting) {
        boolean known = sightings.stream().anyMatch(s -> s.kind() == sighting.kind() && s.id().equals(sighting.id()));
        if (!known) {
            add(sightings, sighting);
        }
    }

    /// Forgets a post that was taken back.
    synchronized void takenBack(NativeId post) {
        sightings.removeIf(s -> s.kind() == Sighting.Kind.POST && s.id().equals(post));
    }

    /// Forgets a follow that was taken back.
    synchronized void unfollowed(NativeId follower) {
        sightings.removeIf(s -> s.kind() == Sighting.Kind.FOLLOW && s.id().equals(follower));
    }

    synchronized Written wrote(Written post) {
        add(written, post);
        return post;
    }

    /// Oldest first.
    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /// Oldest first.
    synchronized List<Written> written() {
        return List.copyOf(written);
    }

    /// What a post says, whoever wrote it.
    synchronized Optional<String> text(NativeId post) {
        return written.stream()
                .filter(w -> w.id().equals(post))
                .map(Written::text)
                .findFirst()
                .or(() -> post(post).map(Sighting::text));
    }

    /// A post that came from elsewhere.
    synchronized Optional<Sighting> post(NativeId id) {
        return sightings.stream()
                .filter(s -> s.kind() == Sighting.Kind.POST && s.id().equals(id))
                .findFirst();
    }

    private static <T> void add(List<T> list, T item) {
        list.add(item);
        if (list.size() > MOST) {
            list.removeFirst();
        }
    }
}
