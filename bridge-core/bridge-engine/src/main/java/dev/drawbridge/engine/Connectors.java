package dev.drawbridge.engine;

import dev.drawbridge.model.Capabilities.Trait;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.NetworkConnector;
import java.util.Collection;
import java.util.SequencedMap;
import java.util.TreeMap;

/// The networks of one instance, in the order of their names.
public final class Connectors {
    private final SequencedMap<Network, NetworkConnector> byNetwork = new TreeMap<>();

    /// @throws IllegalArgumentException if two connectors claim one network
    public Connectors(Collection<? extends NetworkConnector> connectors) {
        for (NetworkConnector connector : connectors) {
            if (byNetwork.put(connector.network(), connector) != null) {
                throw new IllegalArgumentException("two connectors for " + connector.network());
            }
        }
    }

    public Collection<NetworkConnector> all() {
        return byNetwork.values();
    }

    public Collection<Network> networks() {
        return byNetwork.keySet();
    }

    public boolean has(Network network) {
        return byNetwork.containsKey(network);
    }

    /// Those that things are carried to.
    public Collection<Network> reached() {
        return byNetwork.keySet().stream().filter(this::reaches).toList();
    }

    /// Whether things can be carried to a network.
    public boolean reaches(Network network) {
        NetworkConnector connector = byNetwork.get(network);
        return connector != null && !connector.capabilities().has(Trait.RECEIVE_ONLY);
    }

    /// @throws IllegalArgumentException if the instance does not bridge `network`
    public NetworkConnector get(Network network) {
        NetworkConnector connector = byNetwork.get(network);
        if (connector == null) {
            throw new IllegalArgumentException("no connector for " + network);
        }
        return connector;
    }
}
