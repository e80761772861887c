package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorFactory.SettingError;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtprotoSettingsTest {
    private static InstanceInfo instance(boolean loopback) {
        return new InstanceInfo(URI.create("https://at.bridge.org"), "bridge.org", "drawbridge", "1", "", loopback);
    }

    private static List<String> wrong(Map<String, String> settings, boolean loopback) {
        return new AtprotoFactory()
                .check(new ConnectorSettings(settings), instance(loopback)).stream()
                        .map(SettingError::key)
                        .toList();
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThat(wrong(
                        Map.of(
                                "plc-directory", "plc.directory",
                                "firehose", "wss://relay.test, https://not.a.socket",
                                "jetstream", "https://not.a.socket",
                                "firehose-from", "yesterday",
                                "relays", "relay",
                                "event-retention", "soon",
                                "long-posts", "whole",
                                "edits", "never",
                                "edit-window", "-PT1H",
                                "handle-domain", "not_a_domain"),
                        false))
                .containsExactlyInAnyOrder(
                        "drawbridge.atproto.plc-directory",
                        "drawbridge.atproto.firehose",
                        "drawbridge.atproto.jetstream",
                        "drawbridge.atproto.firehose-from",
                        "drawbridge.atproto.relays",
                        "drawbridge.atproto.event-retention",
                        "drawbridge.atproto.long-posts",
                        "drawbridge.atproto.edits",
                        "drawbridge.atproto.edit-window",
                        "drawbridge.atproto.handle-domain");
    }

    @Test
    void whatIsOneOfTwoIsNoThird() {
        assertThat(wrong(Map.of("jetstream-version", "3", "bot-did", "key", "chat", "https://chat.test"), false))
                .containsExactlyInAnyOrder(
                        "drawbridge.atproto.jetstream-version",
                        "drawbridge.atproto.bot-did",
                        "drawbridge.atproto.chat");
        assertThat(wrong(Map.of("chat", "did:web:chat.test"), false)).hasSize(1);
        assertThat(wrong(Map.of("chat", "did:web:chat.test#chat"), false)).isEmpty();
        assertThat(wrong(Map.of("jetstream-version", "2", "bot-did", "web"), false))
                .isEmpty();
        assertThat(wrong(Map.of("jetstream-version", "1", "bot-did", "plc"), false))
                .isEmpty();
    }

    @Test
    void limitsOfRelaysAreNumbersAboveZero() {
        assertThat(wrong(
                        Map.of(
                                "relay-limits.accounts", "0",
                                "relay-limits.events-per-second", "-1",
                                "relay-limits.events-per-hour", "many",
                                "relay-limits.events-per-day", "9999999999999"),
                        false))
                .containsExactlyInAnyOrder(
                        "drawbridge.atproto.relay-limits.accounts",
                        "drawbridge.atproto.relay-limits.events-per-second",
                        "drawbridge.atproto.relay-limits.events-per-hour",
                        "drawbridge.atproto.relay-limits.events-per-day");
        assertThat(wrong(Map.of("relay-limits.accounts", "1000"), false)).isEmpty();
    }

    @Test
    void httpIsForTestsOnly() {
        Map<String, String> local = Map.of("plc-directory", "http://localhost:2582", "firehose", "ws://localhost:2583");
        assertThat(wrong(local, true)).isEmpty();
        assertThat(wrong(local, false)).hasSize(2);
    }

    @Test
    void eventsAreKeptAsLongAsRelaysMayBeAway() {
        assertThat(wrong(Map.of("event-retention", "PT71H"), false))
                .containsExactly("drawbridge.atproto.event-retention");
        assertThat(wrong(Map.of("event-retention", "PT72H"), false)).isEmpty();
        assertThat(wrong(Map.of("event-retention", "PT1H"), true)).isEmpty();
        assertThat(wrong(Map.of("event-retention", "PT59M"), true)).hasSize(1);
    }

    @Test
    void anEditWindowEnds() {
        assertThat(wrong(Map.of("edit-window", "PT0S"), false)).isEmpty();
        assertThat(wrong(Map.of("edit-window", "P30D"), false)).isEmpty();
        for (String window : List.of("P30DT1S", "PT2562047788015215H", "-PT1S", "an hour")) {
            assertThat(wrong(Map.of("edit-window", window), false))
                    .as(window)
                    .containsExactly("drawbridge.atproto.edit-window");
        }
    }

    @Test
    void theOperatorsKeysAreKeysAndLeaveRoomForTheInstances() {
        String key = "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme";
        AtprotoSettings settings =
                AtprotoSettings.of(new ConnectorSettings(Map.of("rotation-keys", key)), instance(false));
        assertThat(settings.rotationKeys()).extracting(DidKey::toString).containsExactly(key);
        assertThat(settings.deleteAfter()).isEqualTo(Duration.ofDays(30));
        for (String wrong : List.of("did:key:x", key + "," + key, "a,b,c,d,e")) {
            assertThat(wrong(Map.of("rotation-keys", wrong), false))
                    .as(wrong)
                    .contains("drawbridge.atproto.rotation-keys");
        }
        assertThat(wrong(Map.of("delete-after", "PT1M"), false)).containsExactly("drawbridge.atproto.delete-after");
    }

    @Test
    void whoNamesNothingToReadReadsThePublicNetwork() {
        assertThat(settings(Map.of(), false).jetstream()).hasSize(1);
        assertThat(settings(Map.of(), true).jetstream())
                .as("a sandbox has none")
                .isEmpty();
        assertThat(settings(Map.of("firehose", "wss://relay.test"), false).jetstream())
                .isEmpty();
        assertThat(settings(Map.of("jetstream", "wss://j.test"), false).jetstream())
                .containsExactly(URI.create("wss://j.test"));
    }

    @Test
    void aDictionaryIsOne(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("dictionary");
        Map<String, String> settings = Map.of("jetstream-dictionary", file.toString());
        assertThat(wrong(settings, false)).as("not there").containsExactly("drawbridge.atproto.jetstream-dictionary");
        Files.write(file, new byte[] {1, 2, 3, 4, 5});
        assertThat(wrong(settings, false)).hasSize(1);
        Files.write(file, new byte[] {0x37, (byte) 0xA4, 0x30, (byte) 0xEC, 5, 0, 0, 0});
        assertThat(wrong(settings, false)).isEmpty();
        Files.write(file, new byte[] {0x37, (byte) 0xA4, 0x30, (byte) 0xEC, 0, 0, 0, 0, 5});
        assertThat(wrong(settings, false)).as("without a number").hasSize(1);
    }

    private static AtprotoSettings settings(Map<String, String> settings, boolean loopback) {
        return AtprotoSettings.of(new ConnectorSettings(settings), instance(loopback));
    }

    @Test
    void nothingHasToBeSet() {
        assertThat(wrong(Map.of(), false)).isEmpty();
        AtprotoSettings settings = AtprotoSettings.of(new ConnectorSettings(Map.of()), instance(false));
        assertThat(settings.plcDirectory()).isEqualTo(URI.create("https://plc.directory"));
        assertThat(settings.retention()).isEqualTo(Duration.ofHours(96));
        assertThat(settings.firehose()).isEmpty();
        assertThat(settings.firehoseFrom()).isEmpty();
        assertThat(AtprotoSettings.of(new ConnectorSettings(Map.of()), instance(true))
                        .firehoseFrom())
                .contains(0L);
    }

    @Test
    void theConnectorIsFoundByItsService() {
        assertThat(ServiceLoader.load(ConnectorFactory.class))
                .anySatisfy(factory -> assertThat(factory.network()).isEqualTo(Network.ATPROTO));
    }
}
