package dev.drawbridge.model;

import java.time.Instant;
import java.util.Optional;

/// One thing a person did, in the bridge's own words. Everything that crosses is one of these.
///
/// Ids inside are those of the network it happened on; the engine maps them before a translator sees them.
public sealed interface Activity {
    /// The id of the activity itself: unique, and the same however often the source sends it.
    NativeId id();

    /// Who did it.
    NativeId author();

    /// When the author says they did it.
    Instant at();

    /// A new post.
    record Publish(NativeId id, Instant at, Post post) implements Activity {
        @Override
        public NativeId author() {
            return post.author();
        }
    }

    /// A new version of a post that exists.
    record Edit(NativeId id, Instant at, Post post) implements Activity {
        @Override
        public NativeId author() {
            return post.author();
        }
    }

    /// What was counted in a poll where it was asked (ADR 0055). Nobody edited it.
    ///
    /// @param at when it was counted; when voting ended, if it has
    /// @param post the poll with its counts; with [Poll#closed] if nobody can vote any more
    record Tally(NativeId id, Instant at, Post post) implements Activity {
        public Tally {
            if (post.poll().isEmpty()) {
                throw new IllegalArgumentException("nothing to count in " + post.id());
            }
        }

        @Override
        public NativeId author() {
            return post.author();
        }

        /// Whether it is the result: nobody can vote any more.
        public boolean hasEnded() {
            return post.poll().flatMap(Poll::closed).isPresent();
        }
    }

    /// The author took an object back.
    ///
    /// @param target the object, as its own network names it
    record Delete(NativeId id, NativeId author, Instant at, NativeId target) implements Activity {}

    /// The whole account is gone, or its owner left the bridge: the ghost and every copy go.
    record DeleteAccount(NativeId id, NativeId author, Instant at) implements Activity {}

    /// A like or an emoji reaction.
    ///
    /// @param emoji the emoji or `:shortcode:`; empty for a plain like
    /// @param picture the picture behind a `:shortcode:`
    record React(
            NativeId id,
            NativeId author,
            Instant at,
            ObjectRef target,
            Optional<String> emoji,
            Optional<CustomEmoji> picture)
            implements Activity {
        public React(NativeId id, NativeId author, Instant at, ObjectRef target, Optional<String> emoji) {
            this(id, author, at, target, emoji, Optional.empty());
        }
    }

    record Repost(NativeId id, NativeId author, Instant at, ObjectRef target) implements Activity {}

    record Follow(NativeId id, NativeId author, Instant at, NativeId target) implements Activity {}

    /// The end of a follow.
    ///
    /// @param follow the id of the [Follow] that ends, where the source names it
    record Unfollow(NativeId id, NativeId author, Instant at, NativeId target, Optional<NativeId> follow)
            implements Activity {}

    /// The answer to a follow that needs one (ADR 0010).
    ///
    /// @param author who was asked
    /// @param follow the id of the [Follow]
    /// @param follower who asked
    record FollowAnswer(NativeId id, NativeId author, Instant at, NativeId follow, NativeId follower, boolean accepted)
            implements Activity {}

    record ProfileUpdate(NativeId id, Instant at, Profile profile) implements Activity {
        @Override
        public NativeId author() {
            return profile.actor();
        }
    }

    record Block(NativeId id, NativeId author, Instant at, NativeId target) implements Activity {}

    /// The end of a block.
    record Unblock(NativeId id, NativeId author, Instant at, NativeId target) implements Activity {}

    /// A complaint to the people who run the other side. The bridge hands it on under the name of a bot of its own: who
    /// complained stays where they complained.
    ///
    /// @param target the account complained about
    /// @param about the object complained about, if one
    /// @param reason what the complainer says to moderators: not for the public
    record Report(NativeId id, NativeId author, Instant at, NativeId target, Optional<NativeId> about, String reason)
            implements Activity {}

    /// The person moved to another account of the same network, and the other account says so too: the connector has
    /// seen both. Consent does not move with them.
    ///
    /// @param author the account that was left
    /// @param target the account that goes on
    record Move(NativeId id, NativeId author, Instant at, NativeId target) implements Activity {}

    /// The author put one of their posts in front of the others, or no longer does.
    ///
    /// @param target the post
    record Pin(NativeId id, NativeId author, Instant at, NativeId target, boolean pinned) implements Activity {}

    /// Somebody asks whether they may do something with a post (ADR 0012).
    ///
    /// @param kind what they want to do
    /// @param target the post
    /// @param instrument what they made: the quoting post, the answer, the like; where it is named
    record InteractionRequest(
            NativeId id,
            NativeId author,
            Instant at,
            InteractionPolicy.Kind kind,
            ObjectRef target,
            Optional<NativeId> instrument)
            implements Activity {}

    /// The answer to an [InteractionRequest]. Deleting it takes a permission back.
    ///
    /// @param stamp where anybody may ask for the permission, where the answer came with one
    /// @param author who wrote the post
    /// @param request the id of the [InteractionRequest]
    /// @param requester who asked
    record InteractionAnswer(
            NativeId id,
            NativeId author,
            Instant at,
            NativeId request,
            NativeId requester,
            InteractionPolicy.Kind kind,
            ObjectRef target,
            Optional<NativeId> instrument,
            boolean accepted,
            Optional<NativeId> stamp)
            implements Activity {
        /// One whose permission is still to be written.
        public InteractionAnswer(
                NativeId id,
                NativeId author,
                Instant at,
                NativeId request,
                NativeId requester,
                InteractionPolicy.Kind kind,
                ObjectRef target,
                Optional<NativeId> instrument,
                boolean accepted) {
            this(id, author, at, request, requester, kind, target, instrument, accepted, Optional.empty());
        }
    }

    /// A vote in a poll.
    ///
    /// @param choices zero-based indexes of the chosen options
    record Vote(NativeId id, NativeId author, Instant at, NativeId poll, java.util.List<Integer> choices)
            implements Activity {
        public Vote {
            choices = java.util.List.copyOf(choices);
        }
    }
}
