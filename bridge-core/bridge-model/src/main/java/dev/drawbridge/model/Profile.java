package dev.drawbridge.model;

import java.net.URI;
import java.util.Optional;

/// What a person shows of themselves.
///
/// @param actor the person
/// @param handle the handle as people on their network write it (`@user@host`, a NIP-05 name or npub, a domain)
/// @param displayName the name shown; may be empty
/// @param bio the self-description
/// @param url the profile page in a browser
/// @param avatar address of the picture
/// @param automated whether the owner says this is a bot
/// @param locked whether followers need the owner's approval
/// @param refusesBridging whether the profile carries an explicit refusal (`#nobridge`, `bridgeable: false`, …)
public record Profile(
        NativeId actor,
        String handle,
        String displayName,
        RichText bio,
        Optional<URI> url,
        Optional<URI> avatar,
        boolean automated,
        boolean locked,
        boolean refusesBridging) {
    /// A profile of which only the identity is known.
    public static Profile bare(NativeId actor, String handle) {
        return new Profile(actor, handle, "", RichText.EMPTY, Optional.empty(), Optional.empty(), false, false, false);
    }
}
