package dev.drawbridge.model;

import java.net.URI;

/// Private keys as people of Nostr write them, `nsec1…` ([NIP-19](https://nips.nostr.com/19)) and `ncryptsec1…`
/// ([NIP-49](https://nips.nostr.com/49)). People paste them by mistake, also as the end of a web address: nobody else
/// is to see one because of us.
public final class PrivateKeys {
    /// Much shorter ones are words, and some characters less than a whole one are half a secret.
    private static final int SHORTEST = 20;

    private static final String CHARACTERS = "023456789acdefghjklmnpqrstuvwxyz";
    private static final String PLAIN = "nsec";
    private static final String ENCRYPTED = "ncryptsec";

    private PrivateKeys() {}

    /// Whether a text holds one, in whatever case. Asked of everything that people say, so it looks only
    /// where there is the `1` that each of them has.
    public static boolean in(String text) {
        int one = text.indexOf('1');
        while (one >= 0) {
            if ((endsIn(text, one, PLAIN) || endsIn(text, one, ENCRYPTED)) && isFollowed(text, one + 1)) {
                return true;
            }
            one = text.indexOf('1', one + 1);
        }
        return false;
    }

    private static boolean endsIn(String text, int end, String word) {
        return text.regionMatches(true, end - word.length(), word, 0, word.length());
    }

    private static boolean isFollowed(String text, int from) {
        int to = from;
        while (to < text.length() && to < from + SHORTEST && isOfKeys(text.charAt(to))) {
            to++;
        }
        return to == from + SHORTEST;
    }

    private static boolean isOfKeys(char character) {
        return CHARACTERS.indexOf(Character.toLowerCase(character)) >= 0;
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
