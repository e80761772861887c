package dev.drawbridge.nostr;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.GhostRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The local part of a ghost's name ([NIP-05](https://nips.nostr.com/5)): `alice_at_social.example` for
/// `@alice@social.example`, `bob.bsky.social` as it is, a bot by the network it reaches.
final class GhostName {
    private static final int LONGEST = 100;
    private static final int SHORT_HASH = 8;

    private GhostName() {}

    static String of(GhostRequest request) {
        if (request.bot()) {
            return request.origin().value();
        }
        String handle =
                request.profile().handle().strip().toLowerCase(Locale.ROOT).replaceFirst("^@", "");
        String name = handle.replace("@", "_at_").replaceAll("[^a-z0-9._-]", "-");
        if (mayBeBot(name)) {
            return distinct(name, request.origin());
        }
        return name.length() > LONGEST ? distinct(name, request.origin()) : name;
    }

    /// Bots are called like networks, in one word: nobody else is.
    private static boolean mayBeBot(String name) {
        return name.indexOf('.') < 0 && !name.contains("_at_");
    }

    /// The name of somebody whose first choice belongs to another: the same each time they are asked for.
    static String distinct(String name, NativeId origin) {
        String start = name.substring(0, Math.min(name.length(), LONGEST));
        return start + "_" + hash(origin).substring(0, SHORT_HASH);
    }

    private static String hash(NativeId origin) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(origin.key().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
