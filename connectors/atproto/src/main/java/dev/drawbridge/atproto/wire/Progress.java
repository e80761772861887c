package dev.drawbridge.atproto.wire;

import java.util.Optional;
import java.util.TreeMap;

/// How far a stream was read whose news are done in any order: up to the first that is not done.
final class Progress {
    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private Optional<Long> heard;

    /// @param heard the last position that was read before; empty if none was
    Progress(Optional<Long> heard) {
        this.heard = heard;
    }

    /// Something was heard, and is not done yet.
    synchronized void begin(long position) {
        open.merge(position, 1, Integer::sum);
        passed(position);
    }

    /// Something that was begun is done.
    synchronized void done(long position) {
        open.computeIfPresent(position, (_, times) -> times == 1 ? null : times - 1);
    }

    /// Something was heard, and there is nothing to do.
    synchronized void passed(long position) {
        if (heard.isEmpty() || heard.get() < position) {
            heard = Optional.of(position);
        }
    }

    /// The last position that was heard, done or not.
    synchronized Optional<Long> heard() {
        return heard;
    }

    /// The last position up to which everything is done.
    synchronized Optional<Long> cursor() {
        return open.isEmpty() ? heard : Optional.of(open.firstKey() - 1);
    }
}
