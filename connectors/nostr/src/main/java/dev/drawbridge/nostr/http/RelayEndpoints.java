package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.Presentation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Everything this connector serves.
public final class RelayEndpoints {
    private final InstanceInfo instance;
    private final NostrStore store;
    private final Admission admission;
    private final RelayHub hub;
    private final InstantSource clock;
    private final Predicate<Presentation> here;
    private final List<RelayUrl> relays;

    /// @param here whether a ghost's owner is still with us
    /// @param relays where ghosts are found
    public RelayEndpoints(
            InstanceInfo instance,
            NostrStore store,
            Admission admission,
            RelayHub hub,
            InstantSource clock,
            Predicate<Presentation> here,
            List<RelayUrl> relays) {
        this.instance = instance;
        this.store = store;
        this.admission = admission;
        this.hub = hub;
        this.clock = clock;
        this.here = here;
        this.relays = List.copyOf(relays);
    }

    /// @param ownRelay whether there is a relay, or names only
    public List<Endpoint> endpoints(boolean ownRelay) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(
                Endpoint.Http.get("/.well-known/nostr.json", new Names(store.presentations(), here, relays)::get));
        if (ownRelay) {
            var information = new RelayInformation(instance, RelayLimits.DEFAULT);
            endpoints.add(Endpoint.Http.get("/", information::get).when(RelayInformation::wanted));
            endpoints.add(new Endpoint.Http("OPTIONS", "/", 0, RelayInformation::preflight, information::options));
            endpoints.add(new Endpoint.Socket("/", RelayLimits.DEFAULT.message(), this::open));
        }
        return endpoints;
    }

    private SocketSession open(HttpCall handshake, SocketPeer peer) {
        var session = new RelaySession(peer, store.events(), admission, hub, clock, RelayLimits.DEFAULT);
        hub.add(session);
        return session;
    }
}
