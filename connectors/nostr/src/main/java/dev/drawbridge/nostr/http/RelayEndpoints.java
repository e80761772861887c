package dev.drawbridge.nostr.http;

import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.EventSink;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.store.NostrStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Everything the Nostr connector serves.
public final class RelayEndpoints {
    private static final String NIP_11 = "application/nostr+json";
    private final NostrStore store;
    private final Reception reception;
    private final RelayHub hub;
    private final InstantSource clock;
    private final RelayInformation information;
    private final NostrNames names;
    private final boolean relay;
    private final RelayLimits limits = RelayLimits.DEFAULT;

    /// @param sink may be asked as soon as the endpoints are mounted; answers Busy until the engine listens
    /// @param relays where the bridged are read, for NIP-05
    /// @param relay whether we serve a relay at all
    public RelayEndpoints(
            InstanceInfo instance,
            NostrStore store,
            EventVerifier verifier,
            Watchlist watchlist,
            EventSink sink,
            RelayHub hub,
            InstantSource clock,
            List<String> relays,
            boolean relay) {
        this.store = store;
        this.hub = hub;
        this.clock = clock;
        this.relay = relay;
        this.reception = new Reception(store.events(), verifier, watchlist, sink, hub, clock, limits);
        this.information = new RelayInformation(instance, limits);
        this.names = new NostrNames(store.presentations(), relays);
    }

    public List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(Endpoint.Http.get("/.well-known/nostr.json", names::handle));
        if (relay) {
            endpoints.add(Endpoint.Http.get("/", this::information)
                    .when(call -> call.header("accept")
                            .filter(a -> a.contains(NIP_11))
                            .isPresent()));
            endpoints.add(new Endpoint.Socket("/", limits.messageBytes(), this::open));
        }
        return endpoints;
    }

    private HttpReply information(HttpCall call) {
        return HttpReply.of(200, NIP_11, information.json())
                .with("access-control-allow-origin", "*")
                .with("vary", "Accept");
    }

    private RelaySession open(HttpCall handshake, SocketPeer peer) {
        var session = new RelaySession(peer, store.events(), reception, hub, clock, limits);
        hub.join(session);
        return session;
    }
}
