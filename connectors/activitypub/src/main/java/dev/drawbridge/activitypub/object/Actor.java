package dev.drawbridge.activitypub.object;

import java.util.List;
import java.util.Optional;

/// An actor document: what a server says about one of its accounts.
///
/// See [ActivityPub §4.1](https://www.w3.org/TR/activitypub/#actor-objects).
///
/// @param document everything it says
/// @param id the actor's id
/// @param inbox where activities for this actor go
/// @param sharedInbox where activities for many actors of that server go, if it has such a place
/// @param keys RSA keys that name this actor as their owner
public record Actor(As2 document, String id, String inbox, Optional<String> sharedInbox, List<PublicKey> keys) {
    private static final String[] TYPES = {"Person", "Service", "Application", "Group", "Organization"};

    public static boolean looksLike(As2 document) {
        return document.isA(TYPES);
    }

    /// Reads an actor. The inbox has to live where the id lives.
    public static Reading<Actor> read(As2 document) {
        var id = document.id().filter(v -> Uris.tryHttp(v).isPresent());
        if (id.isEmpty()) {
            return Reading.unreadable("id", "an actor needs an http id");
        }
        if (!looksLike(document)) {
            return Reading.unreadable("type", "not an actor: " + document.type());
        }
        var inbox = document.ref("inbox").filter(v -> Uris.sameOrigin(v, id.get()));
        if (inbox.isEmpty()) {
            return Reading.unreadable("inbox", "an actor needs an inbox on its own host");
        }
        var shared = document.object("endpoints")
                .flatMap(e -> e.ref("sharedInbox"))
                .or(() -> document.ref("sharedInbox"))
                .filter(v -> Uris.sameOrigin(v, id.get()));
        var keys = document.objects("publicKey").stream()
                .map(PublicKey::read)
                .flatMap(Optional::stream)
                .filter(key -> key.owner().equals(id.get()))
                .toList();
        return Reading.of(new Actor(document, id.get(), inbox.get(), shared, keys));
    }

    public String type() {
        return document.type();
    }

    public Optional<String> username() {
        return document.text("preferredUsername").map(String::strip).filter(v -> !v.isEmpty());
    }

    public Optional<String> followers() {
        return document.ref("followers");
    }

    public Optional<PublicKey> key(String keyId) {
        return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
    }

    /// Where to deliver what this actor may share with others on its server.
    public String preferredInbox() {
        return sharedInbox.orElse(inbox);
    }
}
