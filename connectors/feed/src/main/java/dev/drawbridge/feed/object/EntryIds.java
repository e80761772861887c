package dev.drawbridge.feed.object;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// What an entry is called. Ids are for ever, so the rule never changes: what the feed calls it (`guid`, `atom:id`,
/// `id`); else the page it leads to; else a hash of its title, time and text.
public final class EntryIds {
    private static final int LONGEST = 1_000;

    private EntryIds() {}

    static String of(Optional<String> given, Optional<URI> link, String title, String time, String text) {
        String named = given.map(String::strip).filter(id -> !id.isEmpty()).orElse("");
        if (!named.isEmpty()) {
            return named.length() <= LONGEST ? named : "hash:" + hash(named);
        }
        return link.map(URI::toString).orElseGet(() -> "hash:" + hash(title + '\0' + time + '\0' + text));
    }

    /// The id of an entry among those of all feeds: the feed's address with the entry's own id behind `#`, as
    /// [NIP-48](https://nips.nostr.com/48) writes it.
    public static String whole(String feed, String entry) {
        return feed + '#' + percentEncoded(entry);
    }

    /// All but letters, digits, `-`, `.`, `_` and `~` (RFC 3986 §2.3). The JDK encodes as forms do.
    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// SHA-256 in the letters of an address.
    public static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
