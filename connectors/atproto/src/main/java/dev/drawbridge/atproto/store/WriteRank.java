package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.repo.RepoWrite;

/// What goes first when not everything can go now.
enum WriteRank {
    /// What people say.
    POST,
    /// What they take back.
    DELETE,
    /// Whom they follow or block, and what they hand on.
    RELATION,
    LIKE,
    /// What they show of themselves, and the rest.
    PROFILE;

    static WriteRank of(RepoWrite write) {
        if (write instanceof RepoWrite.Delete) {
            return DELETE;
        }
        return switch (write.path().collection().value()) {
            // a gate without its post, or a post without its gate, says something else
            case "app.bsky.feed.post", "app.bsky.feed.threadgate", "app.bsky.feed.postgate" -> POST;
            case "app.bsky.feed.repost", "app.bsky.graph.follow", "app.bsky.graph.block" -> RELATION;
            case "app.bsky.feed.like" -> LIKE;
            default -> PROFILE;
        };
    }
}
