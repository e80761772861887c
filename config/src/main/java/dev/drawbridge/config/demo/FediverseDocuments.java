package dev.drawbridge.config.demo;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.Vocabulary;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a Fediverse server writes about its person.
final class FediverseDocuments {
    private final Person person;
    private final String user;
    private final byte[] publicKey;
    private final AtomicInteger last = new AtomicInteger();

    /// @param publicKey SubjectPublicKeyInfo
    FediverseDocuments(Person person, String user, byte[] publicKey) {
        this.person = person;
        this.user = user;
        this.publicKey = publicKey.clone();
    }

    String keyId() {
        return id() + "#main-key";
    }

    ObjectNode actor() {
        ObjectNode actor = Documents.object();
        actor.putArray("@context").add(Vocabulary.CONTEXT).add(Vocabulary.SECURITY);
        actor.put("id", id())
                .put("type", "Person")
                .put("preferredUsername", user)
                .put("name", person.name())
                .put("summary", "<p>Birds and tides.</p>")
                .put("url", id())
                .put("inbox", id() + "/inbox")
                .put("outbox", id() + "/outbox")
                .put("followers", followers())
                .put("manuallyApprovesFollowers", false)
                .put("discoverable", true);
        actor.putObject("publicKey").put("id", keyId()).put("owner", id()).put("publicKeyPem", Pem.write(publicKey));
        return actor;
    }

    String webFinger() {
        ObjectNode answer =
                Documents.object().put("subject", "acct:" + person.handle().substring(1));
        answer.putArray("links")
                .addObject()
                .put("rel", "self")
                .put("type", Vocabulary.ACTIVITY_JSON)
                .put("href", id());
        return Documents.write(answer);
    }

    /// @param path makes the activity's id
    ObjectNode activity(String type, String path, String object) {
        return frame(type, path).put("object", object);
    }

    ObjectNode accept(As2 follow) {
        ObjectNode accept = frame("Accept", "accepts/" + last.incrementAndGet());
        accept.set("object", follow.node());
        return accept;
    }

    /// @param answered the author of `parent`
    ObjectNode note(String text, Optional<String> parent, Optional<String> answered, Instant at) {
        ObjectNode note = Documents.object()
                .put("id", id() + "/notes/" + last.incrementAndGet())
                .put("type", "Note")
                .put("attributedTo", id());
        note.putArray("to").add(Vocabulary.PUBLIC);
        ArrayNode cc = note.putArray("cc").add(followers());
        ArrayNode tags = note.putArray("tag");
        parent.ifPresent(p -> note.put("inReplyTo", p));
        answered.ifPresent(author -> {
            cc.add(author);
            tags.addObject().put("type", "Mention").put("href", author);
        });
        String tagged = id().substring(0, id().indexOf("/users/")) + "/tags/";
        Span.in(text).stream()
                .filter(Span::hashtag)
                .forEach(s -> tags.addObject()
                        .put("type", "Hashtag")
                        .put("name", s.text())
                        .put("href", tagged + s.value()));
        note.put("content", Html.of(text, tagged)).put("published", at.toString());
        note.putObject("contentMap").put("en", Html.of(text, tagged));
        return note;
    }

    ObjectNode create(ObjectNode note) {
        ObjectNode create = Documents.object();
        create.putArray("@context").add(Vocabulary.CONTEXT).addObject().put("Hashtag", "as:Hashtag");
        create.put("id", note.path("id").asString() + "/activity")
                .put("type", "Create")
                .put("actor", id())
                .put("published", note.path("published").asString());
        create.set("to", note.path("to"));
        create.set("cc", note.path("cc"));
        create.set("object", note);
        return create;
    }

    private ObjectNode frame(String type, String path) {
        return Documents.object()
                .put("@context", Vocabulary.CONTEXT)
                .put("id", id() + "/" + path)
                .put("type", type)
                .put("actor", id());
    }

    private String followers() {
        return id() + "/followers";
    }

    private String id() {
        return person.id().value();
    }
}
