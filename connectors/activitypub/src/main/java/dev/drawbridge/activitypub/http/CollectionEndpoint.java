package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import tools.jackson.databind.node.ObjectNode;

/// The collections of an actor: the outbox in pages; followers and followed as numbers only: who they are is their own
/// business.
public final class CollectionEndpoint {
    private static final int PAGE = 20;
    /// No server shows more of them.
    private static final int PINS = 20;
    private final Addresses addresses;
    private final LocalActors actors;
    private final Utterances utterances;
    private final Follows follows;
    private final Counts counts;

    public CollectionEndpoint(
            Addresses addresses, LocalActors actors, Utterances utterances, Follows follows, Counts counts) {
        this.addresses = addresses;
        this.actors = actors;
        this.utterances = utterances;
        this.follows = follows;
        this.counts = counts;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/ap/actors/{username}/outbox", this::outbox),
                // What came in is for nobody to read, but it is a collection like the others.
                counted("/inbox", _ -> 0),
                counted("/followers", shown -> follows.followerCount(shown.origin(), Network.ACTIVITYPUB)),
                counted("/following", this::following),
                Endpoint.Http.get("/ap/actors/{username}/featured", call -> present(call, this::featured)),
                Endpoint.Http.get("/ap/instance/outbox", this::instance));
    }

    private long following(Presentation shown) {
        return follows.followedBy(shown.origin()).stream()
                .filter(f -> f.network().equals(Network.ACTIVITYPUB))
                .count();
    }

    private Endpoint counted(String name, ToLongFunction<Presentation> count) {
        return Endpoint.Http.get(
                "/ap/actors/{username}" + name,
                call -> present(call, shown -> {
                    String id = addresses.actor(shown) + name;
                    return Replies.activity(
                            200, Collections.counted(id, counts.of(id, () -> count.applyAsLong(shown))));
                }));
    }

    /// What the person put in front, whole: some servers ask for nothing more.
    private HttpReply featured(Presentation shown) {
        String actor = addresses.actor(shown);
        var notes = utterances.pinned(actor, PINS).stream()
                .flatMap(said -> Documents.parse(said.json()).found().stream())
                .map(CollectionEndpoint::whole)
                .toList();
        return Replies.activity(200, Collections.whole(actor + "/featured", notes));
    }

    private HttpReply instance(HttpCall call) {
        return addresses.home(call.uri()).filter(addresses.base()::equals).isPresent()
                ? Replies.activity(200, Collections.counted(addresses.instanceActor() + "/outbox", 0))
                : Replies.notFound();
    }

    private HttpReply present(HttpCall call, Function<Presentation, HttpReply> reply) {
        return actors.asked(call.uri(), call.path().getOrDefault("username", ""))
                .map(shown -> shown.gone() ? Replies.gone(call, addresses.actor(shown), "Person") : reply.apply(shown))
                .orElseGet(Replies::notFound);
    }

    private HttpReply outbox(HttpCall call) {
        return present(call, shown -> {
            String actor = addresses.actor(shown);
            String id = actor + "/outbox";
            return Replies.activity(
                    200,
                    call.query("page").isPresent()
                            ? page(actor, id, call.query("before"))
                            : Collections.paged(id, counts.of(id, () -> utterances.countListed(actor))));
        });
    }

    private ObjectNode page(String actor, String id, Optional<String> before) {
        var said = utterances.listed(actor, before, PAGE + 1);
        var shown = said.subList(0, Math.min(PAGE, said.size()));
        var items = shown.stream().map(this::activity).flatMap(Optional::stream).toList();
        Optional<String> next = said.size() > PAGE
                ? Optional.of(Collections.page(id, "before", shown.getLast().order()))
                : Optional.empty();
        String self = before.map(b -> Collections.page(id, "before", b)).orElse(id + "?page=true");
        return Collections.page(self, id, items, next);
    }

    private Optional<ObjectNode> activity(Utterance said) {
        return Documents.parse(said.json())
                .found()
                .map(document -> said.isObject() ? ObjectEndpoint.create(said, document) : whole(document));
    }

    private static ObjectNode whole(As2 document) {
        return (ObjectNode) document.node();
    }
}
