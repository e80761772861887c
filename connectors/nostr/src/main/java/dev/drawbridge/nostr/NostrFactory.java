package dev.drawbridge.nostr;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.translate.NostrTranslator;
import dev.drawbridge.nostr.wire.ThreadTimer;
import java.util.List;
import java.util.Set;

/// Makes the Nostr connector.
public final class NostrFactory implements ConnectorFactory {
    @Override
    public Network network() {
        return Network.NOSTR;
    }

    @Override
    public Set<String> keys() {
        return NostrSettings.KEYS;
    }

    @Override
    public List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
        return NostrSettings.check(settings, instance);
    }

    @Override
    public Translator translator(InstanceInfo instance) {
        return new NostrTranslator(instance, false);
    }

    @Override
    public NetworkConnector create(ConnectorContext context) {
        return new NostrConnector(
                context,
                NostrStore.of(context.resources()),
                new ThreadTimer(),
                task -> Thread.ofVirtual().name("nostr-relay").start(task));
    }
}
