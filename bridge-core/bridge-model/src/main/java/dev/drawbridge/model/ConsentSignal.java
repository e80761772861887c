package dev.drawbridge.model;

/// What a profile says about being found and carried elsewhere, short of a refusal. What is not there was not said.
///
/// Sources: [FEP-5feb](https://codeberg.org/fediverse/fep/src/branch/main/fep/5feb/fep-5feb.md) (`discoverable`,
/// `indexable`), FEP-0036 (`bridgeable`), the habit of writing `#nobot`, Misskey's and GoToSocial's wish to be read by
/// people who signed in.
public enum ConsentSignal {
    DISCOVERABLE,
    NOT_DISCOVERABLE,
    INDEXABLE,
    NOT_INDEXABLE,
    /// `#nobot` in the name or the self-description.
    NO_BOTS,
    /// `bridgeable: true`: whoever asks for it may be carried, as far as the source is concerned.
    BRIDGEABLE,
    /// Posts are meant for readers who signed in.
    SIGN_IN_TO_READ,
    /// Nobody stands behind the account who could be asked: a group, a program, the server itself.
    NOBODY
}
