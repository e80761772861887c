package dev.drawbridge.config.cli;

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

/// A network in memory, as the commands find it.
record FakeFactory(Network network) implements ConnectorFactory {
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
        return new FakeNetwork(network, false, new VirtualClock()).translator();
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return new FakeNetwork(network, false, context.clock());
    }
}
