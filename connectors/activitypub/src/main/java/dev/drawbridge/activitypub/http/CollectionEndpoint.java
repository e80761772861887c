package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.store.Utterance;
import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Outboxes in pages; followers and followed as numbers only: who they are is their own business.
public final class CollectionEndpoint {
    private static final int PAGE = 20;
    private final Addresses addresses;
    private final LocalActors actors;
    private final Utterances utterances;
    private final Follows follows;

    public CollectionEndpoint(Addresses addresses, LocalActors actors, Utterances utterances, Follows follows) {
        this.addresses = addresses;
        this.actors = actors;
        this.utterances = utterances;
        this.follows = follows;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/ap/actors/{username}/outbox", this::outbox),
                Endpoint.Http.get(
                        "/ap/actors/{username}/followers",
                        call -> counted(
                                call,
                                "/followers",
                                shown -> follows.followerCount(shown.origin(), Network.ACTIVITYPUB))),
                Endpoint.Http.get(
                        "/ap/actors/{username}/following", call -> counted(call, "/following", this::following)),
                Endpoint.Http.get("/ap/actors/{username}/featured", call -> counted(call, "/featured", _ -> 0L)),
                Endpoint.Http.get(
                        "/ap/instance/outbox",
                        _ -> Replies.activity(200, collection(addresses.instanceActor() + "/outbox", 0))));
    }

    private long following(Presentation shown) {
        return follows.followedBy(shown.origin()).stream()
                .filter(f -> f.network().equals(Network.ACTIVITYPUB))
                .count();
    }

    private HttpReply counted(HttpCall call, String name, Function<Presentation, Long> count) {
        return present(
                call,
                shown -> Replies.activity(
                        200, collection(addresses.actor(shown.username()) + name, count.apply(shown))));
    }

    private HttpReply present(HttpCall call, Function<Presentation, HttpReply> reply) {
        return ActorEndpoint.named(actors, call)
                .map(shown -> shown.gone() ? Replies.gone(addresses.actor(shown.username())) : reply.apply(shown))
                .orElseGet(Replies::notFound);
    }

    private static ObjectNode collection(String id, long total) {
        ObjectNode collection = Documents.object();
        collection
                .put("@context", Vocabulary.CONTEXT)
                .put("id", id)
                .put("type", "OrderedCollection")
                .put("totalItems", total);
        if (total == 0) {
            collection.putArray("orderedItems");
        }
        return collection;
    }

    private HttpReply outbox(HttpCall call) {
        return present(call, shown -> {
            String actor = addresses.actor(shown.username());
            return call.query("page").isPresent()
                    ? page(actor, call.query("before"))
                    : Replies.activity(
                            200,
                            collection(actor + "/outbox", utterances.countListed(actor))
                                    .put("first", actor + "/outbox?page=true"));
        });
    }

    private HttpReply page(String actor, Optional<String> before) {
        var said = utterances.listed(actor, before, PAGE);
        String id = actor + "/outbox?page=true"
                + before.map(b -> "&before=" + encode(b)).orElse("");
        ObjectNode page = Documents.object();
        page.put("@context", Vocabulary.CONTEXT)
                .put("id", id)
                .put("type", "OrderedCollectionPage")
                .put("partOf", actor + "/outbox");
        if (said.size() == PAGE) {
            page.put(
                    "next",
                    actor + "/outbox?page=true&before=" + encode(said.getLast().order()));
        }
        var items = page.putArray("orderedItems");
        said.stream().map(this::activity).flatMap(Optional::stream).forEach(items::add);
        return Replies.activity(200, page);
    }

    private Optional<ObjectNode> activity(Utterance said) {
        return Documents.parse(said.json())
                .found()
                .map(document -> said.type().equals("Note") ? ObjectEndpoint.create(said, document) : whole(document));
    }

    private static ObjectNode whole(As2 document) {
        return (ObjectNode) document.node();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
