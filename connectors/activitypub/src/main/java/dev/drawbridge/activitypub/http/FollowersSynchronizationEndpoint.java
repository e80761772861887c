package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.object.signature.HttpSignatures;
import dev.drawbridge.activitypub.object.signature.SignatureClaim.Claimed;
import dev.drawbridge.activitypub.object.signature.SignedRequest;
import dev.drawbridge.activitypub.store.Presentation;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.FollowerLists;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells a server who of its own people follows one of our actors, as far as we know
/// ([FEP-8fcf](https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md)). Only the signature says which
/// server asks.
public final class FollowersSynchronizationEndpoint {
    private final Addresses addresses;
    private final LocalActors actors;
    private final FollowerLists lists;
    private final Function<Claimed, Optional<String>> signer;
    private final InstantSource clock;

    /// @param signer the actor whose key a request is signed with; empty if it is not
    public FollowersSynchronizationEndpoint(
            Addresses addresses,
            LocalActors actors,
            FollowerLists lists,
            Function<Claimed, Optional<String>> signer,
            InstantSource clock) {
        this.addresses = addresses;
        this.actors = actors;
        this.lists = lists;
        this.signer = signer;
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.Http.get("/ap/actors/{username}/followers_synchronization", this::list));
    }

    private HttpReply list(HttpCall call) {
        var shown = actors.asked(call.uri(), call.path().getOrDefault("username", ""));
        if (shown.isEmpty()) {
            return Replies.notFound();
        }
        if (shown.get().gone()) {
            return Replies.gone(call, addresses.actor(shown.get()), "Person");
        }
        return HttpSignatures.read(request(call), clock.instant()) instanceof Claimed claim
                ? signer.apply(claim)
                        .map(asker -> list(shown.get(), asker))
                        .orElseGet(() -> Replies.error(401, "the signature does not fit"))
                : Replies.error(401, "only signed requests are answered");
    }

    private HttpReply list(Presentation shown, String asker) {
        return lists.at(shown.origin(), asker)
                .map(ids -> Replies.activity(200, collection(shown, ids))
                        .with("Cache-Control", "private, no-store")
                        .with("Vary", "Signature, Signature-Input, Accept"))
                .orElseGet(() -> Replies.error(404, "too many to list"));
    }

    private ObjectNode collection(Presentation shown, List<String> ids) {
        ObjectNode collection = Documents.object();
        collection
                .put("@context", Vocabulary.CONTEXT)
                .put("id", addresses.actor(shown) + "/followers_synchronization")
                .put("type", "OrderedCollection");
        ArrayNode items = collection.putArray("orderedItems");
        ids.forEach(items::add);
        return collection;
    }

    /// As it was signed: for this host, whatever a proxy made of it.
    private SignedRequest request(HttpCall call) {
        String query = call.uri().getRawQuery();
        URI here = URI.create(addresses.home(call.uri()).orElse(addresses.base())
                + call.uri().getRawPath()
                + (query == null ? "" : "?" + query));
        var headers = new HashMap<>(call.headers());
        headers.put("host", List.of(here.getRawAuthority()));
        return new SignedRequest(call.method(), here, headers, call.body());
    }
}
