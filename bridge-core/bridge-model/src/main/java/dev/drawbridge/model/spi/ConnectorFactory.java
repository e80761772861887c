package dev.drawbridge.model.spi;

import dev.drawbridge.model.Network;
import java.util.List;
import java.util.Set;

/// Makes a connector. Found by `ServiceLoader`; needs a public constructor without arguments.
public interface ConnectorFactory {
    Network network();

    /// The names of all settings that mean something, relative to the network's block; one that ends with `.*` stands
    /// for any name in its place. Others are reported as slips of the pen before [#check].
    Set<String> keys();

    /// Every mistake in the settings at once; empty if there is none.
    List<SettingError> check(ConnectorSettings settings, InstanceInfo instance);

    /// Whether things only come from this network: what [dev.drawbridge.model.Capabilities] of its connector say.
    default boolean receiveOnly() {
        return false;
    }

    /// The translator alone, for use without store and network.
    Translator translator(InstanceInfo instance);

    NetworkConnector create(ConnectorContext context);

    /// @param key the whole key, `drawbridge.nostr.relays`
    /// @param example a value that would be right
    record SettingError(String key, String problem, String example) {}
}
