package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.syntax.Did;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One [RepoState] for each repository, changed only by comparing and setting.
interface RepoStates {
    Optional<RepoState> find(Did repo);

    /// @return false if there is one already
    boolean create(RepoState first);

    /// @return false if the stored version is another than the one before `next`
    boolean replace(RepoState next);

    /// Notes that nothing is left to do about these versions of states.
    void settled(Map<Did, Long> versions);

    /// States in order of their DIDs.
    List<RepoState> page(Optional<Did> after, int limit);

    /// Repositories whose last change was not finished.
    List<Did> unsettled();
}
