package dev.drawbridge.benchmarks;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.repo.RepoWrite;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.atproto.record.syntax.Tid;

/// Records to write, all different.
final class AtprotoPosts {
    private static final long FIRST = 1_772_366_400_000_000L;

    private AtprotoPosts() {}

    /// A record as long as posts usually are, 254 bytes.
    static DataMap record(int n) {
        return DataMap.builder()
                .put("$type", "app.bsky.feed.post")
                .put("text", ("bench " + n + " ").concat("lorem ipsum dolor sit amet ".repeat(6)))
                .put("createdAt", "2026-03-01T12:00:00.000Z")
                .build();
    }

    static RepoWrite put(int n) {
        return new RepoWrite.Put(RepoPath.parse("app.bsky.feed.post/" + Tid.of(FIRST + n, 7)), record(n));
    }
}
