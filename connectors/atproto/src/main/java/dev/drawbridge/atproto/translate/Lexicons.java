package dev.drawbridge.atproto.translate;

/// Names of the record types the bridge understands.
final class Lexicons {
    static final String POST = "app.bsky.feed.post";
    static final String LIKE = "app.bsky.feed.like";
    static final String REPOST = "app.bsky.feed.repost";
    static final String THREADGATE = "app.bsky.feed.threadgate";
    static final String POSTGATE = "app.bsky.feed.postgate";
    static final String FOLLOW = "app.bsky.graph.follow";
    static final String BLOCK = "app.bsky.graph.block";
    static final String PROFILE = "app.bsky.actor.profile";

    static final String INTENTS = "org.user-intents.declaration";

    /// The only key of a profile, and of a declaration for everybody.
    static final String SELF = "self";

    static final String IMAGES = "app.bsky.embed.images";
    static final String GALLERY = "app.bsky.embed.gallery";
    static final String VIDEO = "app.bsky.embed.video";
    static final String EXTERNAL = "app.bsky.embed.external";
    static final String RECORD = "app.bsky.embed.record";
    static final String RECORD_WITH_MEDIA = "app.bsky.embed.recordWithMedia";
    static final String SELF_LABELS = "com.atproto.label.defs#selfLabels";
    static final String MENTION = "app.bsky.richtext.facet#mention";
    static final String LINK = "app.bsky.richtext.facet#link";
    static final String TAG = "app.bsky.richtext.facet#tag";

    /// Set by every bridge on a copy: where the original is.
    static final String ORIGINAL_URL = "bridgyOriginalUrl";

    /// Set by bridges on a copy: the whole text of the original as HTML.
    static final String ORIGINAL_TEXT = "bridgyOriginalText";

    /// Set by us on a copy: what it is a copy of.
    static final String OURS = "drawbridge";

    /// Set by Wafrn on copies of Fediverse posts.
    static final String FEDIVERSE_ID = "fediverseId";

    private Lexicons() {}
}
