package dev.drawbridge.model.consent;

/// Why something of a person is not carried: for each there is a sentence in every language the bridge speaks.
public enum Reason {
    /// An explicit refusal in the profile.
    PROFILE_REFUSES,
    /// An explicit refusal in what they declare of the use of all of their data.
    DECLARED_AGAINST,
    /// They were never asked to be carried there.
    NOT_ASKED,
    /// They asked once and left.
    LEFT,
    /// The post is for some people only.
    NOT_PUBLIC,
    /// The post is not in public timelines, and its author did not say that such posts may cross.
    UNLISTED,
    /// The post carries `#nobridge`.
    TAGGED,
    /// The bridge does not reach that network.
    NO_SUCH_NETWORK,
    /// They have an account of their own there, and linked it.
    LINKED,
    /// Somebody's private key stands in it.
    PRIVATE_KEY,
    /// They said something else later.
    SAID_LATER,
    /// Gates of the operator.
    DENIED_BY_OPERATOR,
    HIDDEN_BY_OPERATOR,
    FROZEN_BY_OPERATOR,
    /// Something in the post is denied.
    DENIED_CONTENT,
    ACCOUNT_TOO_YOUNG,
    /// So many of their domain came today that they are asked to come again.
    TOO_MANY_NEWCOMERS,
    /// They are more than a day ahead of what is let through.
    TOO_FAST,
    /// They posted the same again and again.
    REPEATED,
    NO_PICTURE,
    NO_DESCRIPTION,
    /// Soft signals: they count until somebody asks for it in so many words.
    LOCKED,
    NOT_DISCOVERABLE,
    NOT_INDEXABLE,
    NO_BOTS,
    SIGN_IN_TO_READ
}
