package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What our relay says about itself ([NIP-11](https://nips.nostr.com/11)).
final class RelayInformation {
    private static final String TYPE = "application/nostr+json";
    private static final int[] NIPS = {1, 2, 5, 9, 10, 11, 18, 25, 40, 48, 62, 65, 67};

    private final byte[] document;

    RelayInformation(InstanceInfo instance, RelayLimits limits) {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode info = json.createObjectNode();
        info.put("name", instance.software() + " at " + instance.domain());
        info.put(
                "description",
                "The relay of a bridge between networks. It holds what people who opted in say elsewhere,"
                        + " and what is said to them.");
        if (!instance.contact().isBlank()) {
            info.put("contact", instance.contact());
        }
        var nips = info.putArray("supported_nips");
        for (int nip : NIPS) {
            nips.add(nip);
        }
        info.put("software", instance.software());
        info.put("version", instance.version());
        info.put("terms_of_service", instance.resolve("/").toString());
        ObjectNode limitation = info.putObject("limitation");
        limitation.put("max_message_length", limits.message());
        limitation.put("max_subscriptions", limits.subscriptions());
        limitation.put("max_limit", limits.events());
        limitation.put("default_limit", limits.events());
        limitation.put("max_subid_length", 64);
        limitation.put("max_event_tags", limits.tags());
        limitation.put("max_content_length", limits.content());
        limitation.put("created_at_upper_limit", limits.future().toSeconds());
        limitation.put("auth_required", false);
        limitation.put("payment_required", false);
        limitation.put("restricted_writes", true);
        document = json.writeValueAsString(info).getBytes(StandardCharsets.UTF_8);
    }

    /// Whether the client wants this and not a page.
    static boolean wanted(HttpCall call) {
        return call.header("accept").filter(a -> a.contains(TYPE)).isPresent();
    }

    /// Whether a browser asks if it may ask.
    static boolean preflight(HttpCall call) {
        return call.header("access-control-request-method").isPresent();
    }

    HttpReply get(HttpCall call) {
        return open(HttpReply.bytes(200, TYPE, document));
    }

    HttpReply options(HttpCall call) {
        return open(HttpReply.of(204));
    }

    static HttpReply open(HttpReply reply) {
        return reply.with("access-control-allow-origin", "*")
                .with("access-control-allow-headers", "*")
                .with("access-control-allow-methods", "GET, OPTIONS");
    }
}
