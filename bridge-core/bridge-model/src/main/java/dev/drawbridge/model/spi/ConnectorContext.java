package dev.drawbridge.model.spi;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.port.PasswordHashes;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Signer;
import dev.drawbridge.model.port.Watchlist;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Everything a connector is given.
///
/// @param passwords what to keep of passwords that this network's programs sign in with
/// @param deadLetters for what the connector took and could not carry out; the operator sees it
/// @param networks every network this instance carries things to, the connector's own among them if it is one
/// @param meters the connector's own: what it counts carries its network's name
/// @param resources things the pure core must not name: `resource(MongoDatabase.class)` in a connector's `store`
public record ConnectorContext(
        InstanceInfo instance,
        ConnectorSettings settings,
        InstantSource clock,
        RandomGenerator random,
        Signer signer,
        SignatureVerifier verifier,
        PasswordHashes passwords,
        OutboundHttp http,
        OutboundSockets sockets,
        IdentityMap identities,
        Follows follows,
        Cursors cursors,
        Watchlist watchlist,
        DeadLetters deadLetters,
        Set<Network> networks,
        Meters meters,
        Resources resources) {
    public ConnectorContext {
        networks = Set.copyOf(networks);
    }

    /// A look-up by type.
    @FunctionalInterface
    public interface Resources {
        /// @throws IllegalArgumentException if the instance has no such thing
        <T> T get(Class<T> type);
    }
}
