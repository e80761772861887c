package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.store.Utterances;
import dev.drawbridge.activitypub.wire.ActorDocuments;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.activitypub.wire.SignedHttp;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.Endpoint;
import java.util.List;
import java.util.stream.Stream;

/// Everything that is served by GET, with its limits.
public final class Served {
    /// How many GETs one address has in five minutes, for each kind of thing; 0 for no limit.
    public static final String RATE_LIMIT = "rate-limit";

    private static final String DISCOVERY = "discovery";
    private final List<Endpoint> endpoints;

    public Served(
            ConnectorContext context,
            Addresses addresses,
            LocalActors actors,
            Utterances utterances,
            ActorDocuments documents,
            SignedHttp http) {
        var counts = new Counts(context.clock());
        var actor = new ActorEndpoint(context.instance(), addresses, actors, documents, http);
        var limit = new RateLimit(limit(context.settings()), context.clock());
        endpoints = Stream.of(
                        List.of(actor.instanceActor()),
                        limit.around(DISCOVERY, new WebFingerEndpoint(addresses, actors).endpoints()),
                        limit.around(
                                DISCOVERY,
                                new NodeInfoEndpoint(context.instance(), addresses, actors, counts).endpoints()),
                        limit.around(DISCOVERY, new SubscribePage(addresses).endpoints()),
                        limit.around(DISCOVERY, List.of(new ClientPage(context.instance()).endpoint())),
                        limit.around("actors", actor.endpoints()),
                        limit.around(
                                "collections",
                                new CollectionEndpoint(addresses, actors, utterances, context.follows(), counts)
                                        .endpoints()),
                        limit.around("objects", new ObjectEndpoint(addresses, actors, utterances, counts).endpoints()))
                .flatMap(List::stream)
                .toList();
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    private static int limit(ConnectorSettings settings) {
        return settings.get(RATE_LIMIT).map(Integer::parseInt).orElse(RateLimit.DEFAULT);
    }
}
