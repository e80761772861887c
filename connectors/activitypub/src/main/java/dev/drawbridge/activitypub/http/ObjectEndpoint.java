package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.translate.Contexts;
import dev.drawbridge.activitypub.translate.CopyIds;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What our actors said, at its address for as long as it stands; a tombstone afterwards. For people with a browser a
/// page. Beside it what else we know to be said about it: answers with their addresses, likes and shares as numbers.
public final class ObjectEndpoint {
    private static final String PATH = "/ap/objects/{network}/{hash}";
    private static final String CREATE = "/create";
    private static final int PAGE = 20;
    private final Addresses addresses;
    private final LocalActors actors;
    private final Utterances utterances;
    private final Counts counts;
    private final NotePage pages;

    public ObjectEndpoint(Addresses addresses, LocalActors actors, Utterances utterances, Counts counts) {
        this.addresses = addresses;
        this.actors = actors;
        this.utterances = utterances;
        this.counts = counts;
        this.pages = new NotePage(addresses);
    }

    public List<Endpoint> endpoints() {
        var all = new ArrayList<Endpoint>();
        for (String kind : List.of("objects", "likes", "shares", "follows", "stamps")) {
            all.add(Endpoint.Http.get("/ap/" + kind + "/{network}/{hash}", call -> found(call, "", this::reply)));
        }
        all.add(Endpoint.Http.get(PATH + CREATE, call -> found(call, CREATE, this::created)));
        for (About about : About.values()) {
            all.add(Endpoint.Http.get(
                    PATH + about.path(), call -> found(call, about.path(), (c, said, _) -> about(c, said, about))));
        }
        return all;
    }

    /// What is known to be said about an object.
    private enum About {
        REPLIES(Utterance.Role.REPLY),
        LIKES(Utterance.Role.LIKE),
        SHARES(Utterance.Role.SHARE);

        private final Utterance.Role role;

        About(Utterance.Role role) {
            this.role = role;
        }

        String path() {
            return "/" + property();
        }

        String property() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @FunctionalInterface
    private interface Reply {
        HttpReply to(HttpCall call, Utterance said, As2 document);
    }

    /// Finds what stands at an address; what is gone, or whose author left, is only named.
    private HttpReply found(HttpCall call, String suffix, Reply reply) {
        String path = call.uri().getRawPath();
        String own = path.substring(0, path.length() - suffix.length());
        var said = addresses.home(call.uri()).flatMap(home -> utterances.find(home + own));
        if (said.isEmpty()) {
            return Replies.notFound();
        }
        var document = Documents.parse(said.get().json()).found();
        boolean left = author(said.get()).filter(Presentation::gone).isPresent();
        if (said.get().gone() || left || document.isEmpty()) {
            return Replies.gone(
                    call,
                    said.get().id() + suffix,
                    suffix.isEmpty() ? said.get().type() : "");
        }
        return reply.to(call, said.get(), document.get());
    }

    private Optional<Presentation> author(Utterance said) {
        return actors.byId(said.actor());
    }

    private HttpReply reply(HttpCall call, Utterance said, As2 document) {
        return Negotiation.wantsPage(call)
                ? Replies.page(pages.of(PageWords.of(call), said, document, author(said)))
                : Replies.document(call, 200, whole(said.isObject() ? withCollections(said, document) : document));
    }

    private HttpReply created(HttpCall call, Utterance said, As2 document) {
        return Replies.document(call, 200, whole(new As2(create(said, document))));
    }

    private As2 withCollections(Utterance said, As2 document) {
        ObjectNode more = Documents.object();
        more.setAll((ObjectNode) document.node());
        for (About about : About.values()) {
            String id = said.id() + about.path();
            if (about == About.REPLIES) {
                more.put(about.property(), id);
            } else {
                more.putObject(about.property())
                        .put("id", id)
                        .put("type", "OrderedCollection")
                        .put("totalItems", count(said, about));
            }
        }
        return new As2(more);
    }

    private long count(Utterance said, About about) {
        return counts.of(said.id() + about.path(), () -> utterances.countAbout(said.id(), about.role));
    }

    private HttpReply about(HttpCall call, Utterance said, About about) {
        String id = said.id() + about.path();
        if (about != About.REPLIES) {
            ObjectNode number = Collections.counted(id, count(said, about));
            return Replies.activity(200, number.put("attributedTo", said.actor()));
        }
        ObjectNode collection = call.query("page").isPresent()
                ? page(said, id, call.query("after"))
                : Collections.paged(id, count(said, about));
        return Replies.activity(200, collection);
    }

    /// Answers of our own actors: others are for their own servers to tell.
    private ObjectNode page(Utterance said, String id, Optional<String> after) {
        var all = utterances.about(said.id(), Utterance.Role.REPLY, after, PAGE + 1);
        var shown = all.subList(0, Math.min(PAGE, all.size()));
        var items = shown.stream().map(r -> StringNode.valueOf(r.id())).toList();
        Optional<String> next = all.size() > PAGE
                ? Optional.of(Collections.page(id, "after", shown.getLast().order()))
                : Optional.empty();
        String self = after.map(a -> Collections.page(id, "after", a)).orElse(id + "?page=true");
        return Collections.page(self, id, items, next);
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

    private static ObjectNode whole(As2 found) {
        ObjectNode whole = Documents.object();
        whole.set("@context", Contexts.of((ObjectNode) found.node()));
        whole.setAll((ObjectNode) found.node());
        return whole;
    }
}
