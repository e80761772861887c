package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.Presentations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/.well-known/nostr.json` ([NIP-05](https://nips.nostr.com/5)): which key stands behind a name of this bridge, one
/// name at a time.
final class Names {
    private final Presentations presentations;
    private final Predicate<Presentation> here;
    private final List<RelayUrl> relays;
    private final JsonMapper json = JsonMapper.builder().build();

    /// @param here whether a ghost's owner is still with us
    /// @param relays where ghosts are found
    Names(Presentations presentations, Predicate<Presentation> here, List<RelayUrl> relays) {
        this.presentations = presentations;
        this.here = here;
        this.relays = List.copyOf(relays);
    }

    HttpReply get(HttpCall call) {
        ObjectNode answer = json.createObjectNode();
        ObjectNode names = answer.putObject("names");
        ObjectNode where = answer.putObject("relays");
        Optional<Presentation> ghost = call.query("name")
                .map(n -> n.toLowerCase(Locale.ROOT))
                .flatMap(presentations::byName)
                .filter(here);
        ghost.ifPresent(g -> {
            names.put(g.name(), g.key().hex());
            var list = where.putArray(g.key().hex());
            relays.forEach(r -> list.add(r.value()));
        });
        return RelayInformation.open(HttpReply.json(200, json.writeValueAsString(answer)));
    }
}
