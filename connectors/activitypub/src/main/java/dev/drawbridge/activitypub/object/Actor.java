package dev.drawbridge.activitypub.object;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// An actor document: what a server says about one of its accounts.
///
/// See [ActivityPub §4.1](https://www.w3.org/TR/activitypub/#actor-objects).
///
/// @param document everything it says
/// @param id the actor's id
/// @param inbox where activities for this actor go
/// @param sharedInbox where activities for many actors of that server go, if it has such a place
/// @param keys keys for requests that name this actor as their owner
/// @param assertionKeys keys for what the actor states, from the first ten entries of `assertionMethod`
public record Actor(
        As2 document,
        String id,
        String inbox,
        Optional<String> sharedInbox,
        List<PublicKey> keys,
        List<PublicKey> assertionKeys) {
    private static final int MOST_KEYS = 10;
    /// Addresses of the RFC that implementers name it by.
    private static final Set<String> RFC9421 = Set.of(
            "https://datatracker.ietf.org/doc/html/rfc9421",
            "https://www.rfc-editor.org/rfc/rfc9421",
            "https://www.rfc-editor.org/rfc/rfc9421.html");
    private static final String[] TYPES = {"Person", "Service", "Application", "Group", "Organization"};

    public static boolean looksLike(As2 document) {
        return document.isA(TYPES);
    }

    /// Reads an actor. The inbox has to live where the id lives.
    public static Reading<Actor> read(As2 document) {
        var id = document.id().filter(v -> Uris.isHttp(v));
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
        return Reading.of(new Actor(
                document,
                id.get(),
                inbox.get(),
                shared,
                own(id.get(), document.objects("publicKey"), PublicKey::read),
                own(id.get(), document.objects("assertionMethod"), Multikey::read)));
    }

    /// Keys that name this actor as their owner and live where the actor lives.
    private static List<PublicKey> own(String id, List<As2> listed, Function<As2, Optional<PublicKey>> read) {
        return listed.stream()
                .limit(MOST_KEYS)
                .map(read)
                .flatMap(Optional::stream)
                .filter(key -> key.owner().equals(id) && Uris.sameOrigin(key.id(), id))
                .toList();
    }

    /// Whether the software behind the actor says that it verifies RFC 9421 signatures
    /// ([FEP-844e](https://codeberg.org/fediverse/fep/src/branch/main/fep/844e/fep-844e.md)).
    public boolean implementsRfc9421() {
        var generators = document.isA("Application") ? List.of(document) : document.objects("generator");
        return generators.stream().flatMap(g -> g.refs("implements").stream()).anyMatch(RFC9421::contains);
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

    /// The key a request may be signed with under this id.
    public Optional<PublicKey> key(String keyId) {
        return Stream.concat(keys.stream(), assertionKeys.stream())
                .filter(key -> key.id().equals(keyId))
                .findFirst();
    }

    /// The key a proof may be made with under this id.
    public Optional<PublicKey> assertionKey(String keyId) {
        return assertionKeys.stream().filter(key -> key.id().equals(keyId)).findFirst();
    }

    /// Where to deliver what this actor may share with others on its server.
    public String preferredInbox() {
        return sharedInbox.orElse(inbox);
    }
}
