package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.Presentations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Everything this connector serves.
public final class RelayEndpoints {
    private final InstanceInfo instance;
    private final Presentations presentations;
    private final RelayParts parts;
    private final RelayDesk desk;
    private final Set<PublicKey> operators;
    private final Predicate<Presentation> here;
    private final List<RelayUrl> relays;

    /// @param operators who may manage the relay
    /// @param here whether a ghost's owner is still with us
    /// @param relays where ghosts are found
    public RelayEndpoints(
            InstanceInfo instance,
            Presentations presentations,
            RelayParts parts,
            Set<PublicKey> operators,
            Predicate<Presentation> here,
            List<RelayUrl> relays) {
        this.instance = instance;
        this.presentations = presentations;
        this.parts = parts;
        this.desk = RelayDesk.of(parts);
        this.operators = Set.copyOf(operators);
        this.here = here;
        this.relays = List.copyOf(relays);
    }

    /// @param ownRelay whether there is a relay, or names only
    public List<Endpoint> endpoints(boolean ownRelay) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(Endpoint.Http.get("/.well-known/nostr.json", new Names(presentations, here, relays)::get));
        if (ownRelay) {
            var information = new RelayInformation(instance, parts.limits(), parts.rules(), !operators.isEmpty());
            endpoints.add(Endpoint.Http.get("/", information::get).when(RelayInformation::wanted));
            endpoints.add(new Endpoint.Http("OPTIONS", "/", 0, RelayInformation::preflight, information::options));
            endpoints.add(new Endpoint.Socket("/", parts.limits().message(), this::open));
        }
        if (ownRelay && !operators.isEmpty()) {
            var management = new RelayManagement(parts, operators);
            endpoints.add(Endpoint.Http.post("/", RelayManagement.LONGEST_BODY, management::post)
                    .when(RelayManagement::wanted));
        }
        return endpoints;
    }

    private SocketSession open(HttpCall handshake, SocketPeer peer) {
        return new RelaySession(peer, handshake.remote(), parts, desk);
    }
}
