package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes that wait until relays take more of us: for each record the last one. What is in here was promised to whoever
/// wrote it.
interface WriteQueue {
    /// Later than any write is postponed to.
    Instant WHENEVER = Instant.parse("9999-01-01T00:00:00Z");

    /// A write that waits.
    ///
    /// @param attempts how often it could not be committed
    /// @param token tells this write from an earlier or later one of the same record
    record Waiting(Did repo, RepoWrite write, int attempts, String token) {}

    /// What waits cannot be read: it was written by another version, or is damaged.
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Waiting place;
        private final byte[] bytes;

        /// @param place of what cannot be read: its write takes the record back, which is not what it says
        Unreadable(Waiting place, byte[] bytes, RuntimeException cause) {
            super(cause);
            this.place = place;
            this.bytes = bytes;
        }

        Waiting place() {
            return place;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /// Takes a write, in the place of an earlier one of the same record.
    void put(Did repo, RepoWrite write, Instant now);

    /// Nothing waits for a record any more.
    void remove(Did repo, RepoPath path);

    /// These were carried out; whatever came for the same records meanwhile stays.
    void removeAll(Collection<Waiting> done);

    /// Notes that this write could not be committed, unless a later one of the same record is in its place.
    ///
    /// @param next not before then
    void postpone(Waiting failed, Instant next);

    /// Nothing waits for a repository any more.
    void clear(Did repo);

    /// What waits for a repository and can be tried at a moment: what matters most first, and of that what came first.
    ///
    /// @throws Unreadable if one of them cannot be read
    List<Waiting> of(Did repo, int limit, Instant now);

    /// The records that what waits for a repository would make or change.
    List<RepoPath> puts(Did repo);

    /// The repository with the write that matters most of those that can be tried at a moment, and of those the one
    /// that
    /// came first.
    ///
    /// @param but not these
    Optional<Did> first(Set<Did> but, Instant now);

    /// Whether anything waits for a repository.
    boolean has(Did repo);

    /// Whether anything waits for a record.
    boolean has(Did repo, RepoPath path);

    /// Every repository something waits for.
    Set<Did> repos();

    RepoWriter.Backlog backlog();
}
