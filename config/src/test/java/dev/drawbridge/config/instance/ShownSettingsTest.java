package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.console.ConsoleAccess.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownSettingsTest {
    @Test
    void noSecretIsShown() {
        List<Setting> shown = ShownSettings.of(new SettingsReader(List.of(), Map.of())
                .values(Map.of(
                        "drawbridge.domain", "bridge.example",
                        "drawbridge.store.uri", "mongodb://me:hidden1@db.example/drawbridge?authSource=admin",
                        "drawbridge.broker.url", "tcp://mq.example:61616?user=me&password=hidden2",
                        "server.ssl.key-store-password", "hidden3",
                        "drawbridge.console.oidc.issuer", "https://login.example",
                        "drawbridge.console.oidc.client-id", "bridge",
                        "drawbridge.console.oidc.client-secret", "hidden4",
                        "drawbridge.console.oidc.allow", "group:bridge admins, sub:1",
                        "server.port", "8443")));
        assertThat(shown).noneSatisfy(setting -> assertThat(setting.value()).contains("hidden"));
        assertThat(shown)
                .contains(
                        new Setting("drawbridge.domain", "bridge.example"),
                        new Setting("drawbridge.console.oidc.allow", "group:bridge admins, sub:1"),
                        new Setting("server.port", "8443"))
                .anySatisfy(setting -> assertThat(setting.value()).contains("@db.example/drawbridge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://me:hidden@db1.example,db2.example/x?tls=true&trustStorePassword=hidden",
                "mongodb://db.example/x?tlsCertificateKeyFilePassword=hidden",
                "mongodb+srv://db.example/x?authMechanismProperties=AWS_SESSION_TOKEN:hidden",
                "mongodb://me:hid@hidden@db.example/x",
                "mongodb://me:hid?hidden@db.example/x",
                "failover:(ssl://mq1.example:61617?trustStorePassword=hidden,ssl://mq2.example)?x=y",
                "tcp://mq.example:61616;sslEnabled=true;keyStorePassword=hidden",
                "jdbc:other:file;pwd=hidden"
            })
    void noUserAndNoOptionOfAnAddressIsShown(String address) {
        for (String key : List.of("drawbridge.store.uri", "drawbridge.broker.url")) {
            assertThat(ShownSettings.shown(key, address)).doesNotContain("hidden");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bridge.example:8443/x",
                "wss://relay1.example, wss://relay2.example/path",
                "admin@bridge.example",
                "PT30S",
                "(embedded)",
                "Questions? To the desk."
            })
    void whatIsNoSecretIsShownAsItIs(String value) {
        assertThat(ShownSettings.shown("drawbridge.contact", value)).isEqualTo(value);
    }
}
