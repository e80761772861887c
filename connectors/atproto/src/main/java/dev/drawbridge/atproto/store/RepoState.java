package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.repo.RepoHead;
import dev.drawbridge.atproto.record.sync.SyncEvent;
import dev.drawbridge.atproto.record.syntax.Did;
import java.util.List;
import java.util.Set;

/// Where a repository stands, and what is still to be done about its last change.
///
/// @param version counts changes of this document
/// @param active whether the account is served
/// @param status why it is not served; empty if it is
/// @param pending events that announce the last change, in order, until they are in the log; their numbers mean nothing
/// @param dropped blocks of the state before that are no longer needed
public record RepoState(
        RepoHead head, long version, boolean active, String status, List<SyncEvent> pending, Set<Cid> dropped) {
    public RepoState {
        pending = List.copyOf(pending);
        dropped = Set.copyOf(dropped);
    }

    public Did did() {
        return head.did();
    }

    boolean settled() {
        return pending.isEmpty() && dropped.isEmpty();
    }

    /// The same with nothing left to do.
    RepoState done() {
        return new RepoState(head, version, active, status, List.of(), Set.of());
    }

    /// The state after a change.
    RepoState next(RepoHead newHead, List<SyncEvent> events, Set<Cid> noLongerNeeded) {
        return new RepoState(newHead, version + 1, active, status, events, noLongerNeeded);
    }

    RepoState closed(String why, List<SyncEvent> events) {
        return new RepoState(head, version + 1, false, why, events, Set.of());
    }

    RepoState reopened(List<SyncEvent> events) {
        return new RepoState(head, version + 1, true, "", events, Set.of());
    }

    RepoState begunAnew(RepoHead first, List<SyncEvent> events) {
        return new RepoState(first, version + 1, true, "", events, Set.of());
    }
}
