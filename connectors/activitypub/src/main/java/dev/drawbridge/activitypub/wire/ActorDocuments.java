package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.model.Network;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole actor documents: what an actor shows, where it is reached, what it signs with.
public final class ActorDocuments {
    private static final Map<String, String> PICTURES = Map.of(
            ".png", "image/png",
            ".jpg", "image/jpeg",
            ".jpeg", "image/jpeg",
            ".gif", "image/gif",
            ".webp", "image/webp",
            ".avif", "image/avif");
    private final Addresses addresses;
    private final ProofKeys proofs;

    public ActorDocuments(Addresses addresses, ProofKeys proofs) {
        this.addresses = addresses;
        this.proofs = proofs;
    }

    /// The document of one of our actors.
    ///
    /// @throws IllegalStateException if what is stored of it is not a document
    public ObjectNode of(Presentation shown) {
        return of(shown, shown.card());
    }

    /// The same with a card that is not stored yet.
    ObjectNode of(Presentation shown, String card) {
        if (!(Documents.parse(card) instanceof Reading.Read<As2>(As2(ObjectNode show)))) {
            throw new IllegalStateException("the stored card of " + shown.origin() + " is not a document");
        }
        String home = addresses.home(shown);
        String id = addresses.actor(shown);
        ObjectNode actor = frame(home, id, show.path("type").asString("Person"), shown.username(), shown.publicKey());
        // Without a word of the owner they can be found by name, and their posts not by search.
        actor.put("url", id).put("discoverable", true).put("indexable", false);
        show.properties().forEach(e -> actor.set(e.getKey(), e.getValue()));
        actor.put("id", id);
        actor.set("assertionMethod", proofs.assertionMethod(id, shown.origin()));
        if (!shown.origin().network().equals(Network.BRIDGE)) {
            // What a bridge made is not bridged again.
            actor.put("bridgeable", false);
        }
        mediaType(actor, "icon");
        mediaType(actor, "image");
        actor.put("followers", id + "/followers")
                .put("following", id + "/following")
                .put("featured", id + "/featured")
                .put(
                        "published",
                        shown.createdAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("webfinger", shown.username() + "@" + shown.host());
        implementing(actor.putObject("generator").put("type", "Application").put("id", addresses.instanceActor()));
        return actor;
    }

    /// The actor that stands for the instance.
    public ObjectNode instance(byte[] publicKey, String software) {
        String id = addresses.instanceActor();
        ObjectNode actor = frame(addresses.base(), id, "Application", Addresses.INSTANCE_USERNAME, publicKey)
                .put("name", software)
                .put("summary", "<p>This account asks other servers for what they publish. Nobody follows it.</p>")
                .put("url", addresses.base())
                .put("manuallyApprovesFollowers", true)
                .put("discoverable", false)
                .put("indexable", false)
                .put("webfinger", Addresses.INSTANCE_USERNAME + "@" + addresses.host());
        return implementing(actor);
    }

    /// Says what other servers may send us,
    /// [FEP-844e](https://codeberg.org/fediverse/fep/src/branch/main/fep/844e/fep-844e.md).
    private static ObjectNode implementing(ObjectNode application) {
        application
                .putArray("implements")
                .addObject()
                .put("href", "https://datatracker.ietf.org/doc/html/rfc9421")
                .put("name", "RFC-9421: HTTP Message Signatures");
        return application;
    }

    /// Some servers show a picture only if they are told what it is; a name can tell.
    private static void mediaType(ObjectNode actor, String property) {
        if (actor.path(property) instanceof ObjectNode picture && !picture.has("mediaType")) {
            String url =
                    picture.path("url").asString("").replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT);
            PICTURES.forEach((ending, type) -> {
                if (url.endsWith(ending)) {
                    picture.put("mediaType", type);
                }
            });
        }
    }

    private static ObjectNode frame(String home, String id, String type, String username, byte[] publicKey) {
        ObjectNode actor = Documents.object();
        actor.set("@context", context());
        actor.put("id", id)
                .put("type", type)
                .put("preferredUsername", username)
                .put("inbox", id + "/inbox")
                .put("outbox", id + "/outbox");
        actor.putObject("endpoints").put("sharedInbox", Addresses.sharedInbox(home));
        actor.putObject("publicKey")
                .put("id", Addresses.keyId(id))
                .put("owner", id)
                .put("publicKeyPem", Pem.write(publicKey));
        return actor;
    }

    private static ArrayNode context() {
        ArrayNode context =
                Documents.object().putArray("@context").add(Vocabulary.CONTEXT).add(Vocabulary.SECURITY);
        ProofKeys.CONTEXTS.forEach(context::add);
        ObjectNode terms = context.addObject()
                .put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers")
                .put("toot", "http://joinmastodon.org/ns#")
                .put("discoverable", "toot:discoverable")
                .put("indexable", "toot:indexable")
                .put("Emoji", "toot:Emoji")
                .put("Hashtag", "as:Hashtag")
                .put("bridgeable", "https://w3id.org/fep/0036#bridgeable")
                .put("webfinger", "https://purl.archive.org/socialweb/webfinger#webfinger")
                .put("schema", "http://schema.org#")
                .put("PropertyValue", "schema:PropertyValue")
                .put("value", "schema:value");
        terms.putObject("featured").put("@id", "toot:featured").put("@type", "@id");
        terms.putObject("alsoKnownAs").put("@id", "as:alsoKnownAs").put("@type", "@id");
        terms.putObject("movedTo").put("@id", "as:movedTo").put("@type", "@id");
        terms.putObject("implements")
                .put("@id", "https://w3id.org/fep/844e/implements")
                .put("@type", "@id")
                .put("@container", "@list");
        return context;
    }
}
