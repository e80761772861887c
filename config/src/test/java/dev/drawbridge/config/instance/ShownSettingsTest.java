package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.console.ConsoleAccess.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownSettingsTest {
    @Test
    void noSecretIsShown() {
        List<Setting> shown = ShownSettings.of(new SettingsReader(List.of(), Map.of())
                .values(Map.of(
                        "drawbridge.domain", "bridge.example",
                        "drawbridge.store.uri", "mongodb://me:hidden1@db.example/drawbridge?authSource=admin",
                        "drawbridge.broker.url", "tcp://mq.example:61616?user=me&password=hidden2",
                        "server.ssl.key-store-password", "hidden3",
                        "server.port", "8443")));
        assertThat(shown).noneSatisfy(setting -> assertThat(setting.value()).contains("hidden"));
        assertThat(shown)
                .contains(new Setting("drawbridge.domain", "bridge.example"), new Setting("server.port", "8443"))
                .anySatisfy(setting -> assertThat(setting.value()).contains("@db.example/drawbridge"));
    }
}
