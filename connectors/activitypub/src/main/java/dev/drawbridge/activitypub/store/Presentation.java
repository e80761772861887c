package dev.drawbridge.activitypub.store;

import dev.drawbridge.model.NativeId;
import java.time.Instant;

/// How somebody of another network appears here.
///
/// @param origin who it is, on their own network
/// @param username the part before the `@`, unique in the instance
/// @param host the part after it
/// @param home the address its ids start with; empty for the instance's own
/// @param publicKey of the key the actor signs with, SubjectPublicKeyInfo
/// @param card what the actor document shows of them, JSON
/// @param gone whether they left
/// @param createdAt when they first appeared
public record Presentation(
        NativeId origin,
        String username,
        String host,
        String home,
        byte[] publicKey,
        String card,
        boolean gone,
        Instant createdAt) {
    /// What the signer calls the key of an actor.
    public static String keyRef(NativeId origin) {
        return "activitypub:" + origin.key();
    }

    public String keyRef() {
        return keyRef(origin);
    }

    public String handle() {
        return "@" + username + "@" + host;
    }
}
