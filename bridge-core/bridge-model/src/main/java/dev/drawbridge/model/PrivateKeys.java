package dev.drawbridge.model;

import java.net.URI;
import java.util.regex.Pattern;

/// Private keys as people of Nostr write them, `nsec1…` ([NIP-19](https://nips.nostr.com/19)) and `ncryptsec1…`
/// ([NIP-49](https://nips.nostr.com/49)). People paste them by mistake, also as the end of a web address: nobody else
/// is to see one because of us.
public final class PrivateKeys {
    /// Much shorter ones are words, and some characters less than a whole one are half a secret.
    private static final Pattern KEY =
            Pattern.compile("n(?:crypt)?sec1[02-9ac-hj-np-z]{20,}", Pattern.CASE_INSENSITIVE);

    private PrivateKeys() {}

    /// Whether a text holds one.
    public static boolean in(String text) {
        return KEY.matcher(text).find();
    }

    /// What a log may say of an address: where it is, without its query, which may hold another secret. Nothing of one
    /// that holds a private key.
    public static String place(URI address) {
        return address.getScheme() + "://" + (in(address) ? "…" : address.getRawAuthority() + address.getRawPath());
    }

    /// Whether an address holds one, escaped or not.
    public static boolean in(URI address) {
        return in(address.toString()) || in(address.getSchemeSpecificPart());
    }
}
