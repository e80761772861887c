package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.record.repo.RepoWrite;

/// What goes first when not everything can go now.
enum WriteRank {
    /// What people take back, and whom they block: this goes whatever else there is to say.
    BACK(-1),
    /// What people say.
    POST(0),
    /// Whom they follow, and what they hand on.
    RELATION(2),
    LIKE(3),
    /// What they show of themselves, and the rest.
    PROFILE(4);

    private final int number;

    WriteRank(int number) {
        this.number = number;
    }

    /// The place among the others, lowest first. It is stored, and 1 was given once.
    int number() {
        return number;
    }

    static WriteRank of(RepoWrite write) {
        if (write instanceof RepoWrite.Delete) {
            return BACK;
        }
        return switch (write.path().collection().value()) {
            case "app.bsky.graph.block" -> BACK;
            // a gate without its post, or a post without its gate, says something else
            case "app.bsky.feed.post", "app.bsky.feed.threadgate", "app.bsky.feed.postgate" -> POST;
            case "app.bsky.feed.repost", "app.bsky.graph.follow" -> RELATION;
            case "app.bsky.feed.like" -> LIKE;
            default -> PROFILE;
        };
    }
}
