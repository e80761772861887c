package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.nostr.store.RelayRules;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What our relay says about itself ([NIP-11](https://nips.nostr.com/11)): the limits it keeps to, and the texts its
/// operator chose.
final class RelayInformation {
    static final String NAME = "name";
    static final String DESCRIPTION = "description";
    static final String ICON = "icon";

    private static final String TYPE = "application/nostr+json";
    private static final int[] NIPS = {
        1, 2, 5, 9, 10, 11, 13, 17, 18, 25, 40, 42, 45, 48, 50, 62, 65, 67, 70, 77, 86, 98
    };

    private final InstanceInfo instance;
    private final RelayLimits limits;
    private final RelayRules rules;
    private final boolean managed;
    private final JsonMapper json = JsonMapper.builder().build();

    /// @param managed whether somebody may manage the relay (NIP-86)
    RelayInformation(InstanceInfo instance, RelayLimits limits, RelayRules rules, boolean managed) {
        this.instance = instance;
        this.limits = limits;
        this.rules = rules;
        this.managed = managed;
    }

    private byte[] document() {
        ObjectNode info = json.createObjectNode();
        texts().forEach(info::put);
        if (!instance.contact().isBlank()) {
            info.put("contact", instance.contact());
        }
        var nips = info.putArray("supported_nips");
        for (int nip : NIPS) {
            if (managed || nip < 86) {
                nips.add(nip);
            }
        }
        info.put("negentropy", 1);
        info.put("software", instance.software());
        info.put("version", instance.version());
        info.put("terms_of_service", instance.resolve("/").toString());
        limitation(info.putObject("limitation"));
        return json.writeValueAsString(info).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(NAME, instance.software() + " at " + instance.domain());
        texts.put(
                DESCRIPTION,
                "The relay of a bridge between networks. It holds what people who opted in say elsewhere,"
                        + " and what is said to them.");
        rules.find(List.of(
                        Rule.key(About.SHOWN, NAME), Rule.key(About.SHOWN, DESCRIPTION), Rule.key(About.SHOWN, ICON)))
                .forEach(rule -> texts.put(rule.subject(), rule.text()));
        return texts;
    }

    private void limitation(ObjectNode limitation) {
        limitation.put("max_message_length", limits.message());
        limitation.put("max_subscriptions", limits.subscriptions());
        limitation.put("max_filters", limits.filters());
        limitation.put("max_limit", limits.events());
        limitation.put("default_limit", limits.events());
        limitation.put("max_subid_length", 64);
        limitation.put("max_event_tags", limits.tags());
        limitation.put("max_content_length", limits.content());
        limitation.put("min_pow_difficulty", limits.difficulty());
        limitation.put("created_at_upper_limit", limits.future().toSeconds());
        limitation.put("auth_required", false);
        limitation.put("payment_required", false);
        limitation.put("restricted_writes", true);
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
        return open(HttpReply.bytes(200, TYPE, document()));
    }

    HttpReply options(HttpCall call) {
        return open(HttpReply.of(204));
    }

    static HttpReply open(HttpReply reply) {
        return reply.with("access-control-allow-origin", "*")
                .with("access-control-allow-headers", "*")
                .with("access-control-allow-methods", "GET, POST, OPTIONS");
    }
}
