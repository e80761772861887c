package dev.drawbridge.config.instance;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import java.util.List;
import java.util.Set;

/// Hands out one network in memory, which outlives the instances that use it.
final class KeptFactory implements ConnectorFactory {
    private final FakeNetwork network;

    KeptFactory(Network network) {
        this.network = new FakeNetwork(network, false, new VirtualClock());
    }

    @Override
    public Network network() {
        return network.network();
    }

    FakeNetwork fake() {
        return network;
    }

    @Override
    public Set<String> keys() {
        return Set.of();
    }

    @Override
    public List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        return List.of();
    }

    @Override
    public Translator translator(InstanceInfo instance) {
        return network.translator();
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return network;
    }
}
