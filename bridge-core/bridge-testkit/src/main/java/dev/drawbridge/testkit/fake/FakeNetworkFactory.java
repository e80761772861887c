package dev.drawbridge.testkit.fake;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import java.util.List;
import java.util.Set;

/// Hands out one network in memory, which outlives the instances that use it.
public record FakeNetworkFactory(FakeNetwork fake) implements ConnectorFactory {
    @Override
    public Network network() {
        return fake.network();
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
        return fake.translator();
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return fake;
    }
}
