package dev.drawbridge.activitypub.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The header by which a server says whom of another server it counts among an actor's followers
/// ([FEP-8fcf](https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md)).
///
/// @param collectionId the actor's followers
/// @param url where the followers of the asking server are listed
/// @param digest of their ids, 64 hex digits
public record CollectionSynchronization(String collectionId, String url, String digest) {
    public static final String HEADER = "Collection-Synchronization";
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z]+)=\"([^\"\\\\]{1,2048})\"");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// Reads a header of an actor. Collection and list have to live where the actor lives.
    public static Optional<CollectionSynchronization> read(String header, String actor) {
        Map<String, String> parameters = new HashMap<>();
        PARAMETER.matcher(header).results().forEach(m -> parameters.putIfAbsent(m.group(1), m.group(2)));
        String collection = parameters.getOrDefault("collectionId", "");
        String url = parameters.getOrDefault("url", "");
        String digest = parameters.getOrDefault("digest", "");
        return Uris.sameOrigin(collection, actor)
                        && Uris.sameOrigin(url, actor)
                        && DIGEST.matcher(digest).matches()
                ? Optional.of(new CollectionSynchronization(collection, url, digest))
                : Optional.empty();
    }

    /// The digests of all ids, combined so that their order does not matter: SHA-256 of each, exclusive or.
    public static String digestOf(Collection<String> ids) {
        byte[] all = new byte[32];
        for (String id : ids) {
            byte[] one = sha256(id);
            for (int i = 0; i < all.length; i++) {
                all[i] ^= one[i];
            }
        }
        return HexFormat.of().formatHex(all);
    }

    public String header() {
        return "collectionId=\"%s\", url=\"%s\", digest=\"%s\"".formatted(collectionId, url, digest);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
