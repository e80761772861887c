package dev.drawbridge.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.Gates;
import dev.drawbridge.model.consent.Limits;
import dev.drawbridge.model.spi.ConnectorContext;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.Translator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private static final Network PIGEON = new Network("pigeon");

    /// A network that wants to be told of a loft.
    private static final class PigeonFactory implements ConnectorFactory {
        @Override
        public Network network() {
            return PIGEON;
        }

        @Override
        public Set<String> keys() {
            return Set.of("loft", "birds", "wing.*");
        }

        @Override
        public List<SettingError> check(ConnectorSettings settings, InstanceInfo instance) {
            return settings.get("loft").isPresent()
                    ? List.of()
                    : List.of(new SettingError("drawbridge.pigeon.loft", "is missing", "roof"));
        }

        @Override
        public Translator translator(InstanceInfo instance) {
            throw new UnsupportedOperationException();
        }

        @Override
        public NetworkConnector create(ConnectorContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @TempDir
    private Path folder;

    private SettingsReader reader(Map<String, String> environment) {
        return new SettingsReader(List.of(new PigeonFactory()), environment);
    }

    private Settings read(String yaml, Map<String, String> environment) throws IOException {
        return reader(environment).file(Files.writeString(folder.resolve("bridge.yml"), yaml));
    }

    private List<String> mistakes(String yaml) {
        var wrong = catchThrowableOfType(WrongSettings.class, () -> read(yaml, Map.of()));
        assertThat(wrong).isNotNull();
        return wrong.errors().stream().map(e -> e.key() + " " + e.problem()).toList();
    }

    @Test
    void aWholeFileIsRead() throws IOException {
        var settings = read("""
            drawbridge:
              domain: bridge.example
              hosts: {pigeon: p.bridge.example}
              data-dir: /var/lib/drawbridge
              store.uri: "mongodb://db/bridge"
              broker: {url: "tcp://broker:61616"}
              contact: mailto:op@bridge.example
              trusted-proxies: [127.0.0.1, 10.0.0.0/8]
              retry.max-age: 36h
              consumers: 8
              gates: {account-age: 7d, description: true, denied: [spam.example, "@X@social.example"], repeats: 0}
              pigeon: {loft: roof, birds: [white, grey], wing.span: 60}
            server: {port: 9000}
            logging.level.root: warn
            """, Map.of());
        assertThat(settings.baseUrl()).isEqualTo(URI.create("https://bridge.example"));
        assertThat(settings.instance(PIGEON).baseUrl()).isEqualTo(URI.create("https://p.bridge.example"));
        assertThat(settings.dataDir()).isEqualTo(Path.of("/var/lib/drawbridge"));
        assertThat(settings.storeUri()).contains("mongodb://db/bridge");
        assertThat(settings.brokerUrl()).contains("tcp://broker:61616");
        assertThat(settings.trustedProxies()).containsExactly("127.0.0.1", "10.0.0.0/8");
        assertThat(settings.retryMaxAge()).isEqualTo(Duration.ofHours(36));
        assertThat(settings.consumers()).isEqualTo(8);
        assertThat(settings.gates())
                .isEqualTo(new Gates(
                        Duration.ofDays(7),
                        false,
                        true,
                        List.of("spam.example", "@x@social.example"),
                        new Limits(300, 0, 0)));
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.address()).isEmpty();
        assertThat(settings.loopback()).isFalse();
        assertThat(settings.spring()).containsExactly(Map.entry("logging.level.root", "warn"));
        ConnectorSettings pigeon = settings.networks().get(PIGEON);
        assertThat(pigeon.values()).containsOnlyKeys("loft", "birds", "wing.span");
        assertThat(pigeon.list("birds")).containsExactly("white", "grey");
    }

    @Test
    void aGateThatNobodyCanReadIsAMistake() {
        assertThat(mistakes("""
            drawbridge:
              domain: bridge.example
              gates: {account-age: old, picture: maybe, newcomers: -1, vouches: few, denied: ["*.spam.example", "two words"]}
              asks: {per-person: many, per-domain: -1}
              pigeon: {loft: roof}
            """))
                .containsExactlyInAnyOrder(
                        "drawbridge.gates.account-age is not a length of time: old",
                        "drawbridge.gates.picture is neither true nor false: maybe",
                        "drawbridge.gates.newcomers is not a number from 0 to 1000000: -1",
                        "drawbridge.gates.vouches is not a number from 0 to 1000000: few",
                        "drawbridge.asks.per-person is not a number from 0 to 1000000: many",
                        "drawbridge.asks.per-domain is not a number from 0 to 1000000: -1",
                        "drawbridge.gates.denied is neither a domain nor a handle nor an id: *.spam.example",
                        "drawbridge.gates.denied is neither a domain nor a handle nor an id: two words");
    }

    @Test
    void fewPeopleAreAskedUnlessTheOperatorSaysOtherwise() throws IOException {
        assertThat(read("drawbridge: {domain: bridge.example, pigeon: {loft: roof}}", Map.of())
                        .asks())
                .isEqualTo(Asks.USUAL);
        Asks chosen = read(
                        "drawbridge: {domain: bridge.example, asks: {per-person: 0, per-day: 7}, pigeon: {loft: roof}}",
                        Map.of())
                .asks();
        assertThat(chosen).isEqualTo(new Asks(0, 5, 7));
        assertThat(chosen.on()).isFalse();
    }

    @Test
    void withoutGatesNothingIsAskedAndNobodyFloodsTheOthers() throws IOException {
        assertThat(read("drawbridge: {domain: bridge.example, pigeon: {loft: roof}}", Map.of())
                        .gates())
                .isEqualTo(new Gates(Duration.ZERO, false, false, List.of(), Limits.USUAL));
        assertThat(read("drawbridge: {dev.loopback: true, pigeon: {loft: roof}}", Map.of())
                        .gates())
                .as("tests and measurements send more than people do")
                .isEqualTo(Gates.OPEN);
    }

    @Test
    void everyMistakeIsSaidAtOnce() {
        assertThat(mistakes("""
            drawbridge:
              domian: bridge.example
              base-url: ftp://bridge.example/x
              store.uri: postgres://nope
              broker.url: amqp://nope
              dev.loopback: perhaps
              trusted-proxies: [here]
              retry.max-age: a while
              consumers: many
              birds: 7
            server.port: 70000
            colour: green
            """))
                .containsExactlyInAnyOrder(
                        "drawbridge.domian is not a setting; did you mean drawbridge.domain?",
                        "drawbridge.domain is missing: the name people will see behind the @",
                        "drawbridge.base-url is not https: ftp://bridge.example/x",
                        "drawbridge.store.uri starts with none of [mongodb://, mongodb+srv://]",
                        "drawbridge.broker.url starts with none of [tcp://, (tcp://]",
                        "drawbridge.dev.loopback is neither true nor false: perhaps",
                        "drawbridge.trusted-proxies holds something that is not an address or block of addresses: here",
                        "drawbridge.retry.max-age is not a length of time: a while",
                        "drawbridge.consumers is not a number from 1 to 256: many",
                        "drawbridge.birds is not a setting",
                        "server.port is not a number from 0 to 65535: 70000",
                        "colour is not a setting",
                        "drawbridge.pigeon.loft is missing");
    }

    @Test
    void theMessageNamesKeyProblemAndExample() {
        var wrong =
                catchThrowableOfType(WrongSettings.class, () -> read("drawbridge.domain: bridge.example", Map.of()));
        assertThat(wrong).hasMessage("""
            1 setting is wrong:
              drawbridge.pigeon.loft: is missing
                  for example: roof\
            """);
    }

    @Test
    void aPasswordInAnAddressIsNotRepeated() {
        assertThat(mistakes("drawbridge: {domain: a.example, store.uri: 'mongo://me:secret@db', pigeon.loft: x}"))
                .singleElement()
                .asString()
                .doesNotContain("secret");
    }

    @Test
    void aNetworkThatTakesNoPartIsNotChecked() throws IOException {
        var settings = read("drawbridge: {domain: bridge.example, pigeon: {enabled: false}}", Map.of());
        assertThat(settings.networks()).isEmpty();
    }

    @Test
    void theEnvironmentWinsOverTheFileAndFillsIt() throws IOException {
        var settings = read(
                "drawbridge: {domain: bridge.example, store.uri: 'mongodb://file', pigeon.loft:"
                        + " '${LOFT}-${SIDE:west}'}",
                Map.of("DRAWBRIDGE_STORE_URI", "mongodb://environment", "LOFT", "roof"));
        assertThat(settings.storeUri()).contains("mongodb://environment");
        assertThat(settings.networks().get(PIGEON).get("loft")).contains("roof-west");
    }

    @Test
    void aVariableThatIsNotSetIsAMistake() {
        assertThat(mistakes("drawbridge: {domain: bridge.example, pigeon.loft: '${LOFT}'}"))
                .contains("drawbridge.pigeon.loft needs the environment variable LOFT, which is not set");
    }

    @Test
    void aFileThatIsNotThereOrNotYamlIsAMistake() {
        var missing =
                catchThrowableOfType(WrongSettings.class, () -> reader(Map.of()).file(folder.resolve("none.yml")));
        assertThat(missing).hasMessageContaining("none.yml: there is no such file");
        assertThat(mistakes("drawbridge:\n\tdomain: x")).first().asString().startsWith("line 2 is not YAML");
        assertThat(mistakes("drawbridge.domain: a.example\ndrawbridge: {domain: b.example, pigeon.loft: x}"))
                .containsExactly("drawbridge.domain is set twice");
    }

    @Test
    void withoutAFileTheInstanceIsForThisMachineOnly() {
        var reader = new SettingsReader(List.of(), Map.of());
        Settings settings = reader.tryOut();
        assertThat(settings.loopback()).isTrue();
        assertThat(settings.baseUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(settings.domain()).isEqualTo("localhost:8080");
        assertThat(settings.address()).isEqualTo(Optional.of("127.0.0.1"));
        assertThat(settings.dataDir()).isEqualTo(Path.of("./data"));
        assertThat(settings.storeUri()).isEmpty();
    }

    @Test
    void httpIsForLoopbackAlone() throws IOException {
        assertThat(mistakes("drawbridge: {domain: a.example, base-url: 'http://a.example', pigeon.loft: x}"))
                .containsExactly("drawbridge.base-url is not https: http://a.example");
        var settings = read(
                "drawbridge: {domain: 'localhost:0', dev.loopback: true, pigeon.loft: x}\nserver.port: 0", Map.of());
        assertThat(settings.onPort(4711).baseUrl()).isEqualTo(URI.create("http://localhost:4711"));
        assertThat(settings.onPort(4711).domain()).isEqualTo("localhost:4711");
        assertThat(settings.onPort(4711).port()).isEqualTo(4711);
    }

    @Test
    void aDomainNeedsTheShapeOfOne() {
        for (String domain :
                List.of("Bridge.Example", "localhost", "a..example", "bridge.example:8080", "-a.example")) {
            assertThat(mistakes("drawbridge: {domain: '" + domain + "', pigeon.loft: x}"))
                    .as(domain)
                    .containsExactly("drawbridge.domain is not a domain name in lower case: " + domain);
        }
    }

    @Test
    void aSlipInANetworksBlockIsNamedToo() {
        assertThat(mistakes("""
            drawbridge:
              domain: bridge.example
              pigeon: {loft: roof, lofd: attic, wing.span: 1m}
            """))
                .containsExactly("drawbridge.pigeon.lofd is not a setting; did you mean drawbridge.pigeon.loft?");
    }
}
