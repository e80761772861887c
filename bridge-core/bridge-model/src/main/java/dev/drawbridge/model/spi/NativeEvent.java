package dev.drawbridge.model.spi;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.Optional;
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
/// @param made what its author says anew and when, as they claim; empty if it says nothing anew, or nobody knows
public record NativeEvent(
        NativeId id,
        NativeId author,
        Kind kind,
        Set<NativeId> names,
        EventBody body,
        Instant receivedAt,
        Optional<Made> made) {
    /// Something new of its author.
    ///
    /// @param object the post that is written, of which an event may be one version; else what the event is itself
    /// @param at when it was made, as its author claims
    public record Made(NativeId object, Instant at) {}

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

    /// An event whose author does not say when it was made, or says nothing anew.
    public NativeEvent(
            NativeId id, NativeId author, Kind kind, Set<NativeId> names, EventBody body, Instant receivedAt) {
        this(id, author, kind, names, body, receivedAt, Optional.empty());
    }

    /// The same, made at a time that its author claims.
    public NativeEvent made(Made what) {
        return new NativeEvent(id, author, kind, names, body, receivedAt, Optional.of(what));
    }

    /// The same, written in other words.
    public NativeEvent saying(String words) {
        return new NativeEvent(id, author, kind, names, EventBody.of(words), receivedAt, made);
    }

    /// The post that is written, of which this may be one version; else the event itself.
    public NativeId object() {
        return made.map(Made::object).orElse(id);
    }

    public Network network() {
        return id.network();
    }
}
