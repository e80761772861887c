package dev.drawbridge.model;

/// What a profile says about being found and carried elsewhere, short of a refusal, and which refusal it is where there
/// are several. What is not there was not said.
///
/// Sources: [FEP-5feb](https://codeberg.org/fediverse/fep/src/branch/main/fep/5feb/fep-5feb.md) (`discoverable`,
/// `indexable`), FEP-0036 (`bridgeable`), the habit of writing `#nobot`, Misskey's and GoToSocial's wish to be read by
/// people who signed in, `org.user-intents.declaration`
/// ([proposal 0008](https://github.com/bluesky-social/proposals/tree/main/0008-user-intents) of the AT Protocol).
public enum ConsentSignal {
    DISCOVERABLE,
    NOT_DISCOVERABLE,
    INDEXABLE,
    NOT_INDEXABLE,
    /// `#nobot` in the name, the self-description or a fact.
    NO_BOTS,
    /// `bridgeable: true`: whoever asks for it may be carried, as far as the source is concerned.
    BRIDGEABLE,
    /// Posts are meant for readers who signed in.
    SIGN_IN_TO_READ,
    /// Nobody stands behind the account who could be asked: a group, a program, the server itself; an account that was
    /// suspended, or of somebody who died.
    NOBODY,
    /// An explicit refusal that is declared beside the profile and not in its words: the owner says of all of their
    /// data
    /// what it may be used for, and bridging is not among it.
    DECLARES_NO_BRIDGING
}
