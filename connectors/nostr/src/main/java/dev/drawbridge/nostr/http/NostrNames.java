package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.Presentations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `/.well-known/nostr.json`: vouches for the names of ghosts and bots ([NIP-05](https://nips.nostr.com/5)).
final class NostrNames {
    private final Presentations presentations;
    private final List<String> relays;
    private final JsonMapper mapper = new JsonMapper();

    /// @param relays where the bridged are read
    NostrNames(Presentations presentations, List<String> relays) {
        this.presentations = presentations;
        this.relays = List.copyOf(relays);
    }

    HttpReply handle(HttpCall call) {
        Optional<Presentation> found =
                call.query("name").map(name -> name.toLowerCase(Locale.ROOT)).flatMap(presentations::byName);
        Map<String, String> names =
                found.map(p -> Map.of(p.name(), p.key().hex())).orElse(Map.of());
        Map<String, List<String>> where =
                found.map(p -> Map.of(p.key().hex(), relays)).orElse(Map.of());
        String json = mapper.writeValueAsString(Map.of("names", names, "relays", where));
        return HttpReply.json(200, json).with("access-control-allow-origin", "*");
    }
}
