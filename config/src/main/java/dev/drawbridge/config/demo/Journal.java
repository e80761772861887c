package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What happened on one shore. Bounded: the oldest is forgotten first.
final class Journal {
    private static final int MOST = 500;
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /// What the sample person liked or shared.
    record Mark(Sighting.Kind kind, NativeId post) {}

    /// Keeps what came. The same thing again changes nothing; a post that says something else by now takes its place.
    synchronized void saw(Sighting sighting) {
        int before = index(s -> s.kind() == sighting.kind() && s.id().equals(sighting.id()));
        if (before < 0) {
            add(sightings, sighting);
        } else if (sighting.kind() == Sighting.Kind.POST
                && !sightings.get(before).document().equals(sighting.document())) {
            sightings.set(before, sightings.get(before).instead(sighting));
        }
    }

    private int index(Predicate<Sighting> wanted) {
        for (int i = 0; i < sightings.size(); i++) {
            if (wanted.test(sightings.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /// Forgets a post, like or repost that was taken back.
    synchronized void takenBack(NativeId id) {
        sightings.removeIf(s -> s.kind() != Sighting.Kind.FOLLOW && s.id().equals(id));
    }

    /// Forgets a follow that was taken back.
    synchronized void unfollowed(NativeId follower) {
        sightings.removeIf(s -> s.kind() == Sighting.Kind.FOLLOW && s.id().equals(follower));
    }

    synchronized Written wrote(Written post) {
        add(written, post);
        return post;
    }

    /// What the sample person wrote says something else from now on.
    synchronized void rewrote(NativeId post, String text) {
        written.replaceAll(w -> w.id().equals(post) ? w.saying(text) : w);
    }

    /// What the sample person wrote is gone.
    synchronized void retracted(NativeId post) {
        written.removeIf(w -> w.id().equals(post));
    }

    /// @return false if that was so already
    synchronized boolean mark(Mark mark) {
        if (marks.contains(mark)) {
            return false;
        }
        add(marks, mark);
        return true;
    }

    synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }

    /// Oldest first.
    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /// Oldest first.
    synchronized List<Written> written() {
        return List.copyOf(written);
    }

    /// What the sample person wrote.
    synchronized Optional<Written> own(NativeId id) {
        return written.stream().filter(w -> w.id().equals(id)).findFirst();
    }

    /// What a post says, whoever wrote it.
    synchronized Optional<String> text(NativeId post) {
        return own(post).map(Written::text).or(() -> post(post).map(Sighting::text));
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
