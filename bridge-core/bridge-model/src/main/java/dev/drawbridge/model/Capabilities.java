package dev.drawbridge.model;

/// What a network can express, as data.
///
/// @param textLimit the longest text, counted in `textUnit`; `Integer.MAX_VALUE` if there is none
/// @param textUnit how `textLimit` is counted
/// @param edits whether a post can be changed in place
/// @param deletes whether a delete is honoured or only asked for
/// @param followsNeedAnswer whether a follow of a ghost waits for an answer from us
/// @param mustFollowToReceive whether the bridge's bot has to follow a person to be sent their posts
/// @param versionedReferences whether references need a version (a strong reference) beside the id
/// @param quotesNeedPermission whether a quote is shown only once the quoted author allowed it
/// @param messages whether bots can write to people there: a post of theirs with [Visibility#DIRECT] that mentions one
/// @param receiveOnly whether things only come from there: nothing is carried to it, and there are neither ghosts nor
/// bots of ours
/// @param runningResults whether a poll there shows what is counted while people vote: it is told of it from time to
/// time
/// @param pinsInProfile whether the profile says what its owner puts first, so that a pin is a change of the profile
public record Capabilities(
        int textLimit,
        TextUnit textUnit,
        boolean edits,
        Deletes deletes,
        boolean followsNeedAnswer,
        boolean mustFollowToReceive,
        boolean versionedReferences,
        boolean quotesNeedPermission,
        boolean messages,
        boolean receiveOnly,
        boolean runningResults,
        boolean pinsInProfile) {
    /// Those of a network where polls show nothing before they end.
    public Capabilities(
            int textLimit,
            TextUnit textUnit,
            boolean edits,
            Deletes deletes,
            boolean followsNeedAnswer,
            boolean mustFollowToReceive,
            boolean versionedReferences,
            boolean quotesNeedPermission,
            boolean messages,
            boolean receiveOnly) {
        this(
                textLimit,
                textUnit,
                edits,
                deletes,
                followsNeedAnswer,
                mustFollowToReceive,
                versionedReferences,
                quotesNeedPermission,
                messages,
                receiveOnly,
                false,
                false);
    }

    /// The same of a network where polls show what is counted while people vote.
    public Capabilities showingRunningResults() {
        return new Capabilities(
                textLimit,
                textUnit,
                edits,
                deletes,
                followsNeedAnswer,
                mustFollowToReceive,
                versionedReferences,
                quotesNeedPermission,
                messages,
                receiveOnly,
                true,
                pinsInProfile);
    }

    /// The same of a network where the profile says what its owner puts first.
    public Capabilities pinningInProfile() {
        return new Capabilities(
                textLimit,
                textUnit,
                edits,
                deletes,
                followsNeedAnswer,
                mustFollowToReceive,
                versionedReferences,
                quotesNeedPermission,
                messages,
                receiveOnly,
                runningResults,
                true);
    }

    /// Those of a network that things are carried to.
    public Capabilities(
            int textLimit,
            TextUnit textUnit,
            boolean edits,
            Deletes deletes,
            boolean followsNeedAnswer,
            boolean mustFollowToReceive,
            boolean versionedReferences,
            boolean quotesNeedPermission,
            boolean messages) {
        this(
                textLimit,
                textUnit,
                edits,
                deletes,
                followsNeedAnswer,
                mustFollowToReceive,
                versionedReferences,
                quotesNeedPermission,
                messages,
                false);
    }

    /// Those of a network where bots cannot write to people.
    public Capabilities(
            int textLimit,
            TextUnit textUnit,
            boolean edits,
            Deletes deletes,
            boolean followsNeedAnswer,
            boolean mustFollowToReceive,
            boolean versionedReferences,
            boolean quotesNeedPermission) {
        this(
                textLimit,
                textUnit,
                edits,
                deletes,
                followsNeedAnswer,
                mustFollowToReceive,
                versionedReferences,
                quotesNeedPermission,
                false);
    }

    /// Those of a network where quotes ask nobody.
    public Capabilities(
            int textLimit,
            TextUnit textUnit,
            boolean edits,
            Deletes deletes,
            boolean followsNeedAnswer,
            boolean mustFollowToReceive,
            boolean versionedReferences) {
        this(textLimit, textUnit, edits, deletes, followsNeedAnswer, mustFollowToReceive, versionedReferences, false);
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
