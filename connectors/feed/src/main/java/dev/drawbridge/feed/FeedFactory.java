package dev.drawbridge.feed;

import dev.drawbridge.feed.translate.FeedTranslator;
import dev.drawbridge.feed.wire.ThreadTimer;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import java.util.List;
import java.util.Set;

/// Makes the connector for feeds.
public final class FeedFactory implements ConnectorFactory {
    @Override
    public Network network() {
        return Network.FEED;
    }

    @Override
    public Set<String> keys() {
        return FeedSettings.KEYS;
    }

    @Override
    public List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        return FeedSettings.check(settings, instance);
    }

    @Override
    public boolean receiveOnly() {
        return true;
    }

    @Override
    public Translator translator(InstanceInfo instance) {
        return new FeedTranslator(instance);
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return new FeedConnector(context, new ThreadTimer());
    }
}
