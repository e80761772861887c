package dev.drawbridge.atproto;

import dev.drawbridge.atproto.translate.AtprotoTranslator;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import java.util.List;
import java.util.Set;

/// Makes the AT Protocol connector.
public final class AtprotoFactory implements ConnectorFactory {
    @Override
    public Network network() {
        return Network.ATPROTO;
    }

    @Override
    public Set<String> keys() {
        return AtprotoSettings.KEYS;
    }

    @Override
    public List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        return AtprotoSettings.check(settings, instance);
    }

    @Override
    public Translator translator(InstanceInfo instance) {
        return new AtprotoTranslator();
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return AtprotoConnector.create(context);
    }
}
