package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.Set;

/// Something that happened on a network, verified by its connector and not yet translated.
///
/// @param id unique on the network and the same however often it arrives
/// @param author who did it
/// @param kind what it is about, as far as the consent gate must know
/// @param names the actors and objects it is aimed at: the followed, the answered post and its author if known, the
/// deleted
/// @param body the event as the network wrote it
/// @param receivedAt when the connector got it
public record NativeEvent(
        NativeId id, NativeId author, Kind kind, Set<NativeId> names, EventBody body, Instant receivedAt) {
    /// What the consent gate has to tell apart.
    public enum Kind {
        POST,
        EDIT,
        DELETE,
        DELETE_ACCOUNT,
        REACTION,
        REPOST,
        FOLLOW,
        UNFOLLOW,
        FOLLOW_ANSWER,
        BLOCK,
        PROFILE,
        /// A complaint about somebody to those who run the other side.
        REPORT,
        /// Somebody asks whether they may do something with a post.
        REQUEST,
        /// An account says that it goes on elsewhere, and its connector has seen that the other one agrees.
        MOVE,
        /// Somebody tells a bot something in words, or signed in. Its body is a line of `model.bot.Told`, and nothing
        /// else of what they wrote; or it is read as a follow of the bot or the end of one, and none is kept.
        COMMAND,
        OTHER
    }

    public NativeEvent {
        names = Set.copyOf(names);
    }

    /// An event of which nothing was read yet.
    public NativeEvent(NativeId id, NativeId author, Kind kind, Set<NativeId> names, String body, Instant receivedAt) {
        this(id, author, kind, names, EventBody.of(body), receivedAt);
    }

    public Network network() {
        return id.network();
    }
}
