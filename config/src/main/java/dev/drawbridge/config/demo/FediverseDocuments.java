package dev.drawbridge.config.demo;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Pem;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.model.NativeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a Fediverse server writes about its person.
final class FediverseDocuments {
    private static final Duration POLL_RUNS = Duration.ofDays(1);
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

    /// @param answered the author of the parent
    ObjectNode note(Draft draft, Optional<String> answered, Instant at) {
        ObjectNode note = Documents.object()
                .put("id", id() + "/notes/" + last.incrementAndGet())
                .put("type", draft.choices().isEmpty() ? "Note" : "Question")
                .put("attributedTo", id());
        note.putArray("to").add(Vocabulary.PUBLIC);
        ArrayNode cc = note.putArray("cc").add(followers());
        draft.parent().ifPresent(p -> note.put("inReplyTo", p.value()));
        draft.quoted().map(NativeId::value).ifPresent(q -> note.put("quote", q).put("quoteUrl", q));
        answered.ifPresent(cc::add);
        note.put("published", at.toString()).put("sensitive", draft.warning().isPresent());
        draft.warning().ifPresent(warning -> note.put("summary", warning));
        draft.alt()
                .ifPresent(alt -> note.putArray("attachment")
                        .addObject()
                        .put("type", "Document")
                        .put("mediaType", SamplePicture.TYPE)
                        .put("url", id() + SamplePicture.PATH)
                        .put("name", alt)
                        .put("width", SamplePicture.WIDTH)
                        .put("height", SamplePicture.HEIGHT)
                        .putArray("focalPoint")
                        .add(0.2)
                        .add(-0.1));
        if (!draft.choices().isEmpty()) {
            ArrayNode options =
                    note.put("endTime", at.plus(POLL_RUNS).toString()).putArray("oneOf");
            draft.choices()
                    .forEach(choice -> options.addObject()
                            .put("type", "Note")
                            .put("name", choice)
                            .putObject("replies")
                            .put("type", "Collection")
                            .put("totalItems", 0));
        }
        say(note, draft.text(), answered);
        return note;
    }

    /// Puts other words into a note.
    ObjectNode edited(ObjectNode note, String text, Instant at) {
        ObjectNode edited = note.deepCopy();
        Optional<String> answered = new As2(note)
                .objects("tag").stream()
                        .filter(t -> t.isA("Mention"))
                        .flatMap(t -> t.ref("href").stream())
                        .findFirst();
        say(edited, text, answered);
        return edited.put("updated", at.toString());
    }

    private void say(ObjectNode note, String text, Optional<String> answered) {
        ArrayNode tags = note.putArray("tag");
        answered.ifPresent(author -> tags.addObject().put("type", "Mention").put("href", author));
        String tagged = id().substring(0, id().indexOf("/users/")) + "/tags/";
        Span.in(text).stream()
                .filter(Span::hashtag)
                .forEach(s -> tags.addObject()
                        .put("type", "Hashtag")
                        .put("name", s.text())
                        .put("href", tagged + s.value()));
        note.put("content", Html.of(text, tagged));
        note.putObject("contentMap").put("en", Html.of(text, tagged));
    }

    /// @param stamp tells one edit from the next
    ObjectNode update(ObjectNode note, String stamp) {
        return addressed("Update", note.path("id").asString() + "/updates/" + stamp, note);
    }

    ObjectNode delete(ObjectNode note) {
        String gone = note.path("id").asString();
        ObjectNode tombstone = Documents.object().put("id", gone).put("type", "Tombstone");
        ObjectNode delete = frame("Delete", gone.substring(id().length() + 1) + "/delete");
        delete.putArray("to").add(Vocabulary.PUBLIC);
        delete.set("object", tombstone);
        return delete;
    }

    /// A like or an announcement of a post.
    ObjectNode about(String type, String post, String author, Instant at) {
        ObjectNode activity = activity(type, type.toLowerCase(Locale.ROOT) + "s/" + last.incrementAndGet(), post);
        activity.put("published", at.toString());
        activity.putArray("to").add(type.equals("Announce") ? Vocabulary.PUBLIC : author);
        activity.putArray("cc").add(author).add(followers());
        return activity;
    }

    ObjectNode create(ObjectNode note) {
        return addressed("Create", note.path("id").asString() + "/activity", note);
    }

    private ObjectNode addressed(String type, String id, ObjectNode note) {
        ObjectNode activity = Documents.object();
        activity.putArray("@context")
                .add(Vocabulary.CONTEXT)
                .addObject()
                .put("Hashtag", "as:Hashtag")
                .put("sensitive", "as:sensitive")
                .put("quoteUrl", "as:quoteUrl")
                .put("quote", "https://w3id.org/fep/044f#quote");
        activity.put("id", id)
                .put("type", type)
                .put("actor", id())
                .put("published", note.path("published").asString());
        activity.set("to", note.path("to"));
        activity.set("cc", note.path("cc"));
        activity.set("object", note);
        return activity;
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
