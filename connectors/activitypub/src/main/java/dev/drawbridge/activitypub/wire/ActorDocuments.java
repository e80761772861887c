package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Presentation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole actor documents: what an actor shows, where it is reached, what it signs with.
public final class ActorDocuments {
    private final Addresses addresses;

    public ActorDocuments(Addresses addresses) {
        this.addresses = addresses;
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
        String id = addresses.actor(shown.username());
        ObjectNode actor = frame(id, show.path("type").asString("Person"), shown.username(), shown.publicKey());
        show.properties().forEach(e -> actor.set(e.getKey(), e.getValue()));
        actor.put("id", id);
        if (!actor.has("url")) {
            actor.put("url", id);
        }
        actor.put("followers", id + "/followers")
                .put("following", id + "/following")
                .put("featured", id + "/featured")
                .put(
                        "published",
                        shown.createdAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("discoverable", true)
                .put("webfinger", shown.username() + "@" + shown.host());
        return actor;
    }

    /// The actor that stands for the instance.
    public ObjectNode instance(byte[] publicKey, String software) {
        String id = addresses.instanceActor();
        return frame(id, "Application", Addresses.INSTANCE_USERNAME, publicKey)
                .put("name", software)
                .put("summary", "<p>This account asks other servers for what they publish. Nobody follows it.</p>")
                .put("url", addresses.base())
                .put("manuallyApprovesFollowers", true)
                .put("discoverable", false)
                .put("published", Instant.EPOCH.toString());
    }

    private ObjectNode frame(String id, String type, String username, byte[] publicKey) {
        ObjectNode actor = Documents.object();
        actor.set("@context", context());
        actor.put("id", id)
                .put("type", type)
                .put("preferredUsername", username)
                .put("inbox", id + "/inbox")
                .put("outbox", id + "/outbox");
        actor.putObject("endpoints").put("sharedInbox", addresses.sharedInbox());
        actor.putObject("publicKey")
                .put("id", Addresses.keyId(id))
                .put("owner", id)
                .put("publicKeyPem", Pem.write(publicKey));
        return actor;
    }

    private static ArrayNode context() {
        ArrayNode context =
                Documents.object().putArray("@context").add(Vocabulary.CONTEXT).add(Vocabulary.SECURITY);
        context.addObject()
                .put("manuallyApprovesFollowers", "as:manuallyApprovesFollowers")
                .put("toot", "http://joinmastodon.org/ns#")
                .put("discoverable", "toot:discoverable")
                .put("webfinger", "https://purl.archive.org/socialweb/webfinger#webfinger")
                .put("schema", "http://schema.org#")
                .put("PropertyValue", "schema:PropertyValue")
                .put("value", "schema:value")
                .putObject("featured")
                .put("@id", "toot:featured")
                .put("@type", "@id");
        return context;
    }
}
