package dev.drawbridge.atproto.record.sync;

import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Instant;

/// One event of the repository stream.
///
/// Spec: [Event stream](https://atproto.com/specs/event-stream), [Sync](https://atproto.com/specs/sync), lexicon
/// `com.atproto.sync.subscribeRepos`
public sealed interface SyncEvent permits CommitEvent, RepoSyncEvent, IdentityEvent, AccountEvent {
    /// The event's number on its stream: 1 to 2^53-1, rising, gaps allowed.
    long seq();

    /// The account it is about.
    Did did();

    /// When the sender made it; informal.
    Instant time();
}
