package dev.drawbridge.atproto.record.syntax;

import java.util.Optional;

/// Where a record lives in its repository: `collection/rkey`. Ordered as the repository orders its keys.
///
/// Spec: [Repository paths](https://atproto.com/specs/repository#repo-paths)
public record RepoPath(Nsid collection, RecordKey rkey) implements Comparable<RepoPath> {
    /// @throws IllegalArgumentException if `text` is not a path
    public static RepoPath parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a repository path: " + Ascii.shown(text)));
    }

    public static Optional<RepoPath> tryParse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        return Nsid.tryParse(text.substring(0, slash))
                .flatMap(collection ->
                        RecordKey.tryParse(text.substring(slash + 1)).map(rkey -> new RepoPath(collection, rkey)));
    }

    /// The path as the key of the repository's tree.
    public String key() {
        return collection.value() + '/' + rkey.value();
    }

    @Override
    public int compareTo(RepoPath other) {
        return key().compareTo(other.key());
    }

    @Override
    public String toString() {
        return key();
    }
}
