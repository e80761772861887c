package dev.drawbridge.model;

import java.util.Set;

/// What a network can express, as data.
///
/// @param textLimit the longest text, counted in `textUnit`; `Integer.MAX_VALUE` if there is none
/// @param textUnit how `textLimit` is counted
/// @param deletes whether a delete is honoured or only asked for
/// @param traits what else it can do, or asks of us
public record Capabilities(int textLimit, TextUnit textUnit, Deletes deletes, Set<Trait> traits) {
    public Capabilities {
        traits = Set.copyOf(traits);
    }

    public Capabilities(int textLimit, TextUnit textUnit, Deletes deletes, Trait... traits) {
        this(textLimit, textUnit, deletes, Set.of(traits));
    }

    /// What some networks have and others have not.
    public enum Trait {
        /// A post can be changed in place.
        EDITS,
        /// A follow of a ghost waits for an answer from us.
        FOLLOWS_NEED_ANSWER,
        /// The bridge's bot has to follow a person to be sent their posts.
        MUST_FOLLOW_TO_RECEIVE,
        /// References need a version (a strong reference) beside the id.
        VERSIONED_REFERENCES,
        /// A quote is shown only once the quoted author allowed it.
        QUOTES_NEED_PERMISSION,
        /// Bots can write to people there: a post of theirs with [Visibility#DIRECT] that mentions one.
        MESSAGES,
        /// Things only come from there: nothing is carried to it, and there are neither ghosts nor bots of ours.
        RECEIVE_ONLY,
        /// A poll there shows what is counted while people vote: it is told of it from time to time.
        RUNNING_RESULTS,
        /// The profile says what its owner puts first, so that a pin is a change of the profile.
        PINS_IN_PROFILE,
        /// Who asked for their account to be deleted can come back with the same one, and says when they asked.
        ACCOUNTS_RETURN
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /// How a network counts text.
    public enum TextUnit {
        CODE_POINTS,
        GRAPHEMES,
        BYTES
    }

    /// What a delete is worth.
    public enum Deletes {
        HONOURED,
        ADVISORY
    }
}
