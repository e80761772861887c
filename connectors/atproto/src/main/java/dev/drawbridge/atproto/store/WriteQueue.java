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
    /// A write that waits.
    ///
    /// @param token tells this write from an earlier or later one of the same record
    record Waiting(Did repo, RepoWrite write, String token) {}

    /// Takes a write, in the place of an earlier one of the same record.
    void put(Did repo, RepoWrite write, Instant now);

    /// Nothing waits for a record any more.
    void remove(Did repo, RepoPath path);

    /// These were carried out; whatever came for the same records meanwhile stays.
    void removeAll(Collection<Waiting> done);

    /// Nothing waits for a repository any more.
    void clear(Did repo);

    /// What waits for a repository: what matters most first, and of that what came first.
    List<Waiting> of(Did repo, int limit);

    /// The records that what waits for a repository would make or change.
    List<RepoPath> puts(Did repo);

    /// The repository with the write that matters most, and of those the one that came first.
    ///
    /// @param but not these
    Optional<Did> first(Set<Did> but);

    /// Whether anything waits for a repository.
    boolean has(Did repo);

    /// Every repository something waits for.
    Set<Did> repos();

    RepoWriter.Backlog backlog();
}
