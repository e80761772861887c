package dev.drawbridge.activitypub.http;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.wire.Addresses;
import dev.drawbridge.activitypub.wire.LocalActors;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What this server is, [NodeInfo](https://nodeinfo.diaspora.software/) 2.0 and 2.1, with the link to the instance
/// actor of [FEP-2677](https://codeberg.org/fediverse/fep/src/branch/main/fep/2677/fep-2677.md).
public final class NodeInfoEndpoint {
    private static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/";
    private static final String APPLICATION = "https://www.w3.org/ns/activitystreams#Application";
    private final InstanceInfo instance;
    private final Addresses addresses;
    private final LocalActors actors;

    public NodeInfoEndpoint(InstanceInfo instance, Addresses addresses, LocalActors actors) {
        this.instance = instance;
        this.addresses = addresses;
        this.actors = actors;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.Http.get("/.well-known/nodeinfo", _ -> discovery()),
                Endpoint.Http.get("/ap/nodeinfo/2.0", _ -> info("2.0")),
                Endpoint.Http.get("/ap/nodeinfo/2.1", _ -> info("2.1")));
    }

    private HttpReply discovery() {
        ObjectNode json = Documents.object();
        var links = json.putArray("links");
        for (String version : List.of("2.1", "2.0")) {
            links.addObject().put("rel", SCHEMA + version).put("href", addresses.base() + "/ap/nodeinfo/" + version);
        }
        links.addObject().put("rel", APPLICATION).put("href", addresses.instanceActor());
        return Replies.json(200, "application/json", Documents.write(json));
    }

    private HttpReply info(String version) {
        ObjectNode json = Documents.object().put("version", version);
        json.putObject("software")
                .put("name", instance.software().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-"))
                .put("version", instance.version());
        json.putArray("protocols").add("activitypub");
        ObjectNode services = json.putObject("services");
        services.putArray("inbound");
        services.putArray("outbound");
        json.put("openRegistrations", false);
        json.putObject("usage").putObject("users").put("total", actors.count());
        json.putObject("metadata").put("nodeDescription", "A bridge: accounts here stand for people elsewhere");
        String type = "application/json; profile=\"" + SCHEMA + version + "#\"";
        return Replies.json(200, type, Documents.write(json));
    }
}
