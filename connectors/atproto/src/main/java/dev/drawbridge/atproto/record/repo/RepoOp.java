package dev.drawbridge.atproto.record.repo;

import dev.drawbridge.atproto.record.cbor.Cid;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import java.util.Optional;

/// A change that a commit made to one path.
///
/// Spec: [com.atproto.sync.subscribeRepos#repoOp](https://atproto.com/specs/sync)
public sealed interface RepoOp {
    RepoPath path();

    /// The record's CID after the commit; empty once deleted.
    Optional<Cid> cid();

    /// The record's CID before the commit; empty for a new record.
    Optional<Cid> prev();

    /// @param value the new record
    record Create(RepoPath path, Cid value) implements RepoOp {
        @Override
        public Optional<Cid> cid() {
            return Optional.of(value);
        }

        @Override
        public Optional<Cid> prev() {
            return Optional.empty();
        }
    }

    /// @param value the new record
    /// @param before the record it replaced, another one
    record Update(RepoPath path, Cid value, Cid before) implements RepoOp {
        /// @throws IllegalArgumentException if nothing changes
        public Update {
            if (value.equals(before)) {
                throw new IllegalArgumentException("update of " + path + " changes nothing");
            }
        }

        @Override
        public Optional<Cid> cid() {
            return Optional.of(value);
        }

        @Override
        public Optional<Cid> prev() {
            return Optional.of(before);
        }
    }

    /// @param before the record that was there
    record Delete(RepoPath path, Cid before) implements RepoOp {
        @Override
        public Optional<Cid> cid() {
            return Optional.empty();
        }

        @Override
        public Optional<Cid> prev() {
            return Optional.of(before);
        }
    }
}
