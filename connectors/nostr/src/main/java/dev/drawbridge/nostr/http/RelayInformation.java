package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.InstanceInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What our relay says about itself ([NIP-11](https://nips.nostr.com/11)): only what is true.
final class RelayInformation {
    private static final List<Integer> NIPS = List.of(1, 9, 11, 40, 62, 67);
    private final String json;

    RelayInformation(InstanceInfo instance, RelayLimits limits) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("name", instance.host());
        document.put(
                "description",
                "The relay of a Drawbridge: people of other networks who opted in. Writes: by people who opted in,"
                        + " and follows of the bridged.");
        document.put("contact", instance.contact());
        document.put("supported_nips", NIPS);
        document.put("software", instance.software());
        document.put("version", instance.version());
        Map<String, Object> limitation = new LinkedHashMap<>();
        limitation.put("max_message_length", limits.messageBytes());
        limitation.put("max_subscriptions", limits.subscriptions());
        limitation.put("max_limit", limits.events());
        limitation.put("max_subid_length", 64);
        limitation.put("created_at_upper_limit", limits.futureSeconds());
        limitation.put("auth_required", false);
        limitation.put("payment_required", false);
        limitation.put("restricted_writes", true);
        document.put("limitation", limitation);
        json = new JsonMapper().writeValueAsString(document);
    }

    String json() {
        return json;
    }
}
