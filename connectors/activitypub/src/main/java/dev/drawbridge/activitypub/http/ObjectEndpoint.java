package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.translate.CopyIds;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What our actors said, at its address for as long as it stands; a tombstone afterwards.
public final class ObjectEndpoint {
    private final Addresses addresses;
    private final Utterances utterances;

    public ObjectEndpoint(Addresses addresses, Utterances utterances) {
        this.addresses = addresses;
        this.utterances = utterances;
    }

    public List<Endpoint> endpoints() {
        var said = Stream.of("objects", "likes", "shares", "follows").map(kind ->
                (Endpoint) Endpoint.Http.get("/ap/" + kind + "/{network}/{hash}", call -> find(call, false)));
        Endpoint created = Endpoint.Http.get("/ap/objects/{network}/{hash}/create", call -> find(call, true));
        return Stream.concat(said, Stream.of(created)).toList();
    }

    private HttpReply find(HttpCall call, boolean created) {
        String path = call.uri().getRawPath();
        String id = addresses.base() + (created ? path.substring(0, path.length() - "/create".length()) : path);
        return utterances.find(id).map(said -> reply(call, said, created)).orElseGet(Replies::notFound);
    }

    private static HttpReply reply(HttpCall call, Utterance said, boolean created) {
        var document = Documents.parse(said.json()).found();
        if (said.gone() || document.isEmpty()) {
            return Replies.gone(created ? CopyIds.create(said.id()) : said.id());
        }
        if (Replies.wantsHtml(call)) {
            return page(said, document.get());
        }
        ObjectNode found = created
                ? create(said, document.get())
                : (ObjectNode) document.get().node();
        ObjectNode whole = Documents.object();
        whole.set("@context", context());
        whole.setAll(found);
        return Replies.activity(200, whole);
    }

    /// The activity that published a note.
    static ObjectNode create(Utterance said, As2 note) {
        ObjectNode create = Documents.object();
        create.put("id", CopyIds.create(said.id()))
                .put("type", "Create")
                .put("actor", said.actor())
                .put("published", said.at().toString());
        create.set("to", note.node().path("to"));
        create.set("cc", note.node().path("cc"));
        create.set("object", note.node());
        return create;
    }

    private static HttpReply page(Utterance said, As2 document) {
        // The content was written by us: escaped text in a few tags.
        return ActorEndpoint.originalPage(document)
                .map(Replies::redirect)
                .orElseGet(
                        () -> Replies.page(said.type(), document.text("content").orElse(said.type())));
    }

    private static ArrayNode context() {
        ArrayNode context = Documents.object().putArray("@context").add(Vocabulary.CONTEXT);
        context.addObject()
                .put("Hashtag", "as:Hashtag")
                .put("sensitive", "as:sensitive")
                .put("litepub", "http://litepub.social/ns#")
                .put("EmojiReact", "litepub:EmojiReact");
        return context;
    }
}
