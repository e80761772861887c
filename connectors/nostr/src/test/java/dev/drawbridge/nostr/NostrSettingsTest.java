package dev.drawbridge.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.RelayUrl;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NostrSettingsTest {
    private static InstanceInfo instance(boolean loopback) {
        return new InstanceInfo(
                URI.create("https://nostr.bridge.example"), "bridge.example", "Drawbridge", "0.1.0", "", loopback);
    }

    private static NostrSettings settings(Map<String, String> values) {
        return NostrSettings.of(new ConnectorSettings(values), instance(false));
    }

    @Test
    void needNothing() {
        NostrSettings settings = settings(Map.of());

        assertThat(settings.ownRelay()).isTrue();
        assertThat(settings.protectCopies()).isTrue();
        assertThat(settings.indexers()).isEmpty();
        assertThat(settings.relays()).isEmpty();
        assertThat(settings.homes()).extracting(RelayUrl::value).containsExactly("wss://nostr.bridge.example/");
    }

    @Test
    void readRelaysInOneWayOfWritingAndNeverOurOwn() {
        NostrSettings settings = settings(Map.of(
                "relays", "wss://A.example, wss://a.example/ ,wss://b.example,wss://nostr.bridge.example",
                "own-relay", "false"));

        assertThat(settings.homes())
                .extracting(RelayUrl::value)
                .containsExactly("wss://a.example/", "wss://b.example/");
        assertThat(settings.protectCopies()).isFalse();
    }

    @Test
    void knowWhoIsTold() {
        Map<String, String> values = Map.of("relays", "wss://a.example", "indexers", "wss://index.example");

        assertThat(settings(values).announcedTo()).extracting(RelayUrl::value).containsExactly("wss://index.example/");
        assertThat(settings(values).homes()).hasSize(1);
        Map<String, String> without = new HashMap<>(values);
        without.put("own-relay", "false");
        assertThat(settings(without).announcedTo())
                .extracting(RelayUrl::value)
                .containsExactly("wss://index.example/", "wss://a.example/");
    }

    @Test
    void tellEveryMistakeAtOnce() {
        var wrong = new ConnectorSettings(Map.of(
                "relays", "nonsense, ws://plain.example",
                "own-relay", "maybe",
                "indexers", "wss://1.example, wss://2.example, wss://3.example",
                "protect-copies", "1",
                "most-relays", "many"));

        assertThat(NostrSettings.check(wrong, instance(false)))
                .extracting(SettingError::key)
                .containsExactlyInAnyOrder(
                        "drawbridge.nostr.relays",
                        "drawbridge.nostr.relays",
                        "drawbridge.nostr.indexers",
                        "drawbridge.nostr.own-relay",
                        "drawbridge.nostr.protect-copies",
                        "drawbridge.nostr.most-relays");
        assertThat(NostrSettings.check(wrong, instance(true))).hasSize(5);
        assertThatIllegalArgumentException().isThrownBy(() -> NostrSettings.of(wrong, instance(false)));
    }

    @Test
    void sayHowTheRelayIsServed() {
        String hex = "ab".repeat(32);
        NostrSettings settings = settings(Map.of(
                "relay-admins",
                hex + ", " + new PublicKey("cd".repeat(32)).npub(),
                "relay-difficulty",
                "20",
                "relay-writes-per-minute",
                "600"));

        assertThat(settings.relay().operators())
                .containsExactlyInAnyOrder(new PublicKey(hex), new PublicKey("cd".repeat(32)));
        assertThat(settings.relay().limits().difficulty()).isEqualTo(20);
        assertThat(settings.relay().limits().writers().burst()).isEqualTo(600);
        assertThat(settings.relay().limits().writers().pause()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings(Map.of()).relay().limits().difficulty()).isZero();
    }

    @Test
    void takeAnEditWindowOfThirtyDaysAtMost() {
        for (String wrong : List.of("tomorrow", "60", "-PT1S", "P30DT1S", "PT721H", "PT999999999999999999H")) {
            assertThat(NostrSettings.check(new ConnectorSettings(Map.of("edit-window", wrong)), instance(false)))
                    .as(wrong)
                    .extracting(SettingError::key)
                    .containsExactly("drawbridge.nostr.edit-window");
        }
        assertThat(settings(Map.of("edit-window", "P30D")).editWindow()).isEqualTo(Duration.ofDays(30));
        assertThat(settings(Map.of("edit-window", "PT0S")).editWindow()).isEqualTo(Duration.ZERO);
        assertThat(settings(Map.of()).editWindow()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void refuseARelayThatCannotBeServed() {
        var wrong = new ConnectorSettings(
                Map.of("relay-admins", "alice", "relay-difficulty", "65", "relay-writes-per-minute", "0"));

        assertThat(NostrSettings.check(wrong, instance(false)))
                .extracting(SettingError::key)
                .containsExactly(
                        "drawbridge.nostr.relay-admins",
                        "drawbridge.nostr.relay-difficulty",
                        "drawbridge.nostr.relay-writes-per-minute");
    }

    @Test
    void needSomeRelay() {
        assertThat(NostrSettings.check(new ConnectorSettings(Map.of("own-relay", "false")), instance(false)))
                .singleElement()
                .extracting(SettingError::example)
                .isEqualTo("wss://relay.example");
    }

    @Test
    void theFactoryIsFound() {
        ConnectorFactory factory = ServiceLoader.load(ConnectorFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(f -> f.network().equals(Network.NOSTR))
                .findFirst()
                .orElseThrow();

        assertThat(factory.check(new ConnectorSettings(Map.of()), instance(false)))
                .isEmpty();
        assertThat(factory.translator(instance(false))).isNotNull();
    }
}
