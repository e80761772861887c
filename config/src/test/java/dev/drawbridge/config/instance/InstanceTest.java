package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.config.settings.Settings;
import dev.drawbridge.config.settings.SettingsReader;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.testkit.TestMongo;
import dev.drawbridge.testkit.VirtualClock;
import dev.drawbridge.testkit.fake.FakeNetwork;
import dev.drawbridge.testkit.fake.FakeNetworkFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole instance with two networks in memory: web server, broker with a journal, stores, stages.
@Timeout(180)
class InstanceTest {
    private static final Network DOVE = new Network("dove");
    private static final Network PIGEON = new Network("pigeon");

    @TempDir
    private Path data;

    private final TestMongo mongo = new TestMongo();
    private final FakeNetworkFactory doves = new FakeNetworkFactory(new FakeNetwork(DOVE, false, new VirtualClock()));
    private final FakeNetworkFactory pigeons =
            new FakeNetworkFactory(new FakeNetwork(PIGEON, false, new VirtualClock()));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        mongo.close();
    }

    private List<ConnectorFactory> networks() {
        return List.of(doves, pigeons);
    }

    private Settings settings(Map<String, String> more) {
        var values = new HashMap<>(Map.of(
                "drawbridge.domain", "localhost:0",
                "drawbridge.dev.loopback", "true",
                "drawbridge.data-dir", data.toString(),
                "drawbridge.store.uri", mongo.uri() + "/instance",
                "drawbridge.consumers", "2",
                "server.port", "0"));
        values.putAll(more);
        return new SettingsReader(networks(), Map.of()).values(values);
    }

    private Instance start() {
        return Instance.start(settings(Map.of()), networks(), Additions.NONE);
    }

    private HttpResponse<String> get(Instance instance, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Activity.Publish post(NativeId author, String name, String text) {
        var id = new NativeId(author.network(), name);
        var at = Instant.parse("2026-03-01T12:00:00Z");
        return new Activity.Publish(
                new NativeId(author.network(), "do-" + name),
                at,
                Post.builder(id, author, at).text(RichText.plain(text)).build());
    }

    private NativeId optIn(Instance instance, FakeNetwork network, String name, Network target) {
        NativeId person = network.person(name);
        NativeId bot = instance.ports()
                .identities()
                .find(Ghost.botOrigin(target), network.network())
                .orElseThrow()
                .id();
        network.happens(new Activity.Follow(
                new NativeId(network.network(), "follow-by-" + name),
                person,
                Instant.parse("2026-03-01T11:00:00Z"),
                bot));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> instance.ports()
                        .consents()
                        .find(person, target)
                        .filter(c -> c.given())
                        .isPresent());
        return person;
    }

    @Test
    void aListOfMirrorsIsReadAgainWhenItChangesAndAWrongOneStopsAStart() throws Exception {
        Path list = Files.writeString(data.resolve("mirrors.yml"), mirrors("[pigeon]"));
        NativeId desk = doves.fake().person("desk");
        try (var instance =
                Instance.start(settings(Map.of("drawbridge.mirrors", list.toString())), networks(), Additions.NONE)) {
            eventuallyCarried(instance, desk, true);
            doves.fake().happens(post(desk, "note-1", "Breaking"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> pigeons.fake().all().stream()
                            .anyMatch(a -> a.toString().contains("Breaking")));

            Files.writeString(list, "mirrors: []\n");
            eventuallyCarried(instance, desk, false);
        }
        Files.writeString(list, mirrors("[myspace]"));
        assertThatThrownBy(() -> Instance.start(
                        settings(Map.of("drawbridge.mirrors", list.toString())), networks(), Additions.NONE))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is not a network of this instance: myspace");
    }

    private static String mirrors(String to) {
        return "mirrors: [{network: dove, account: desk, to: " + to
                + ", mode: broadcast, permission: a letter, since: 2026-01-01}]\n";
    }

    private static void eventuallyCarried(Instance instance, NativeId person, boolean carried) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> instance.ports().consents().of(person).stream().anyMatch(c -> c.given()) == carried);
    }

    @Test
    void anOptedInPersonsPostCrossesAndIsShown() throws Exception {
        try (var instance = start()) {
            assertThat(instance.baseUrl()).hasPort(instance.port());
            NativeId amal = optIn(instance, doves.fake(), "amal", PIGEON);
            var receipt = doves.fake().happens(post(amal, "note-1", "Low tide"));
            assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(pigeons.fake().all())
                            .anySatisfy(a -> assertThat(a)
                                    .isInstanceOfSatisfying(
                                            Activity.Publish.class,
                                            p -> assertThat(p.post().text().text())
                                                    .isEqualTo("Low tide"))));
            assertThat(instance.ports().crossings().count(Crossings.State.CROSSED))
                    .isPositive();
            assertThat(get(instance, "/").body()).contains("Drawbridge at localhost:" + instance.port(), "@ghost of");
            assertThat(get(instance, "/api/v1/crossings").body()).contains("note-1");
            assertThat(get(instance, "/actuator/health").body())
                    .contains("\"status\":\"UP\"", "\"broker\"", "\"store\"", "\"networks\"");
            assertThat(get(instance, "/actuator/prometheus").body())
                    .contains("drawbridge_queue_depth{queue=\"inbox\"", "drawbridge_parked", "jvm_memory_used_bytes");
            assertThat(get(instance, "/nowhere").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void whatWasStoredIsThereAfterARestart() throws Exception {
        try (var first = start()) {
            optIn(first, doves.fake(), "amal", PIGEON);
        }
        try (var second = start()) {
            NativeId amal = doves.fake().person("amal");
            assertThat(doves.fake().happens(post(amal, "note-2", "Again"))).isInstanceOf(Receipt.Accepted.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(pigeons.fake().all())
                            .anyMatch(a -> a.id().value().contains("note-2")));
            assertThat(second.depths()).containsKeys("inbox", "outbox.dove", "outbox.pigeon");
        }
    }

    @Test
    void whoDidNotOptInIsIgnored() {
        try (var instance = start()) {
            NativeId rosa = doves.fake().person("rosa");
            assertThat(doves.fake().happens(post(rosa, "note-3", "Not for you")))
                    .isInstanceOf(Receipt.Ignored.class);
            assertThat(instance.ports().crossings().newest(10))
                    .noneMatch(c -> c.original().value().equals("note-3"));
        }
    }

    @Test
    void aStoreThatIsDownIsSaidInOneSentence() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        var settings =
                settings(Map.of("drawbridge.store.uri", "mongodb://me:secret@127.0.0.1:" + nobody + "/instance"));
        assertThatThrownBy(() -> Instance.start(settings, networks(), Additions.NONE))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("127.0.0.1:" + nobody)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aBrokerThatIsDownIsSaidInOneSentence() {
        var settings = settings(Map.of("drawbridge.broker.url", "tcp://127.0.0.1:1"));
        assertThatThrownBy(() -> Instance.start(settings, networks(), Additions.NONE))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("tcp://127.0.0.1:1");
    }

    @Test
    void aDirectoryThatIsDownIsSaidInOneSentence() {
        doves.fake().directoryDown(true);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("the bot for pigeon on dove is not there yet: the directory does not answer");
        doves.fake().directoryDown(false);
        try (var instance = start()) {
            assertThat(instance.port()).isPositive();
        }
    }

    @Test
    void aBotThatOthersHaveToSeeFirstHoldsNoStartUp() {
        doves.fake().botsUnseen(true);
        try (var instance = start()) {
            assertThat(instance.port()).isPositive();
            assertThat(instance.ports()
                            .identities()
                            .find(Ghost.botOrigin(PIGEON), doves.fake().network()))
                    .isEmpty();
        }
        doves.fake().botsUnseen(false);
        try (var instance = start()) {
            assertThat(instance.ports()
                            .identities()
                            .find(Ghost.botOrigin(PIGEON), doves.fake().network()))
                    .isPresent();
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInOneSentence() throws Exception {
        try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var settings = settings(Map.of("server.port", Integer.toString(taken.getLocalPort())));
            assertThatThrownBy(() -> Instance.start(settings, networks(), Additions.NONE))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("port " + taken.getLocalPort() + " is taken by another program");
        }
    }

    @Test
    void aDataFolderThatIsAFileIsSaidInOneSentence() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        var settings = settings(Map.of("drawbridge.data-dir", file.toString()));
        assertThatThrownBy(() -> Instance.start(settings, networks(), Additions.NONE))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("the data folder " + file);
    }
}
