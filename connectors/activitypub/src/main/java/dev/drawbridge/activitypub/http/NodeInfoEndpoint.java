package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// What this server is, [NodeInfo](https://nodeinfo.diaspora.software/) 2.0 and 2.1, with the link to the instance
/// actor of [FEP-2677](https://codeberg.org/fediverse/fep/src/branch/main/fep/2677/fep-2677.md). Every home answers:
/// other servers take each for a server.
public final class NodeInfoEndpoint {
    private static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/";
    private static final String APPLICATION = "https://www.w3.org/ns/activitystreams#Application";
    private static final String PATH = "/ap/nodeinfo/";
    private final InstanceInfo instance;
    private final Addresses addresses;
    private final LocalActors actors;
    private final Counts counts;

    public NodeInfoEndpoint(InstanceInfo instance, Addresses addresses, LocalActors actors, Counts counts) {
        this.instance = instance;
        this.addresses = addresses;
        this.actors = actors;
        this.counts = counts;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/.well-known/nodeinfo", call -> at(call, this::discovery)),
                Endpoint.Http.get(PATH + "2.0", call -> at(call, home -> info("2.0", home))),
                Endpoint.Http.get(PATH + "2.1", call -> at(call, home -> info("2.1", home))));
    }

    private HttpReply at(HttpCall call, Function<String, HttpReply> reply) {
        return addresses
                .home(call.uri())
                .map(reply)
                .map(r -> r.with("Cache-Control", Replies.LONG))
                .orElseGet(Replies::notFound);
    }

    private HttpReply discovery(String home) {
        ObjectNode json = Documents.object();
        var links = json.putArray("links");
        for (String version : List.of("2.1", "2.0")) {
            links.addObject().put("rel", SCHEMA + version).put("href", home + PATH + version);
        }
        links.addObject().put("rel", APPLICATION).put("href", addresses.instanceActor());
        return Replies.json(200, "application/json", Documents.write(json));
    }

    private HttpReply info(String version, String home) {
        ObjectNode json = Documents.object().put("version", version);
        json.putObject("software")
                .put("name", instance.software().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-"))
                .put("version", instance.version());
        json.putArray("protocols").add("activitypub");
        ObjectNode services = json.putObject("services");
        services.putArray("inbound");
        services.putArray("outbound");
        json.put("openRegistrations", false);
        json.putObject("usage").putObject("users").put("total", counts.of("actors", actors::count));
        ObjectNode metadata = json.putObject("metadata")
                .put("nodeName", Addresses.authority(home))
                .put("nodeDescription", "A bridge: accounts here stand for people elsewhere");
        if (!instance.contact().isBlank()) {
            metadata.put("contact", instance.contact());
        }
        String type = "application/json; profile=\"" + SCHEMA + version + "#\"";
        return Replies.json(200, type, Documents.write(json));
    }
}
