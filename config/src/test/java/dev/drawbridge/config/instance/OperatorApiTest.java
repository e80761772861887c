package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.engine.Sanction;
import dev.drawbridge.engine.codec.EngineJson;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.DeadLetters;
import dev.drawbridge.model.port.KeyStore;
import dev.drawbridge.model.port.Links;
import dev.drawbridge.model.spi.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the operator asks a running instance.
@Timeout(180)
class OperatorApiTest extends OperatorScene {
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void seed() {
        says("amal", PIGEON, Consent.State.GIVEN, "followed the bot", NOON);
        says("desk", PIGEON, Consent.State.GIVEN, "mirror: letter 12", NOON);
        says("gone", PIGEON, Consent.State.GIVEN, "followed the bot", NOON);
        says("gone", PIGEON, Consent.State.WITHDRAWN, "blocked the bot", NOON.plusSeconds(1));
        instance.ports()
                .identities()
                .putIfAbsent(
                        new Ghost(new NativeId(DOVE, "amal"), new NativeId(PIGEON, "ghost"), "@amal.dove", true, NOON));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private void says(String name, Network target, Consent.State state, String how, Instant at) {
        instance.ports().consents().put(new Consent(new NativeId(DOVE, name), target, state, how, at));
    }

    private HttpResponse<String> ask(String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = ask(path, OperatorToken.read(data));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<String> ids(JsonNode page) {
        return page.path("accounts")
                .valueStream()
                .map(a -> a.path("id").asString())
                .toList();
    }

    @Test
    void nobodyWithoutTheTokenLearnsAnything() throws Exception {
        for (String path : List.of("/api/v1/accounts", "/api/v1/account?network=dove&id=amal", "/api/v1/mirrors")) {
            assertThat(ask(path, "").statusCode()).as(path).isEqualTo(401);
            assertThat(ask(path, "0".repeat(64)).body()).as(path).doesNotContain("amal");
        }
    }

    private void crossed(String id, Instant at) {
        instance.ports()
                .crossings()
                .record(new Crossings.Crossing(
                        id,
                        "Publish",
                        new NativeId(DOVE, "amal"),
                        new NativeId(DOVE, id),
                        PIGEON,
                        Optional.empty(),
                        Crossings.State.CROSSED,
                        "",
                        List.of(),
                        Duration.ofMillis(1),
                        at));
    }

    @Test
    void whatArrivedIsCountedByTheMinute() throws Exception {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        crossed("now", hour.plusSeconds(61));
        crossed("again", hour.plusSeconds(62));
        crossed("long-ago", hour.minus(Duration.ofHours(30)));
        JsonNode hours = get("/api/v1/flow").path("hours");
        assertThat(hours).hasSize(1);
        assertThat(hours.path(0).path("network").asString()).isEqualTo("pigeon");
        assertThat(hours.path(0).path("from").asString()).isEqualTo(hour.toString());
        assertThat(hours.path(0).path("minutes")).hasSize(60);
        assertThat(hours.path(0).path("minutes").path(1).asInt()).isEqualTo(2);
        assertThat(ask("/api/v1/flow", "").statusCode()).isEqualTo(401);
    }

    @Test
    void howFarTheirPastIsCarriedIsSaid() throws Exception {
        instance.ports()
                .cursors()
                .put("backfill:dove|desk", "{\"wanted\":50,\"done\":2,\"missed\":1,\"posts\":[\"a\",\"b\",\"c\"]}");
        JsonNode desk = get("/api/v1/mirrors").path("accounts").path(0);
        assertThat(desk.path("backfill").toString()).isEqualTo("{\"wanted\":50,\"found\":3,\"done\":2,\"missed\":1}");
        assertThat(get("/api/v1/accounts").path("accounts").path(0).has("backfill"))
                .isFalse();
    }

    @Test
    void accountsOfTheirOwnAreSaid() throws Exception {
        var own = new NativeId(PIGEON, "amal there");
        instance.ports()
                .links()
                .put(new Links.Link(new NativeId(DOVE, "amal"), own, NOON, NOON.plusSeconds(60), NOON.plusSeconds(90)));
        assertThat(get("/api/v1/account?network=dove&id=amal").path("own").toString())
                .isEqualTo("[{\"network\":\"pigeon\",\"id\":\"amal there\",\"asked\":true,"
                        + "\"since\":\"2026-03-01T12:00:00Z\",\"proven\":\"2026-03-01T12:01:00Z\"}]");
    }

    @Test
    void whoIsCarriedIsListedInPages() throws Exception {
        assertThat(ids(get("/api/v1/accounts"))).containsExactly("amal", "desk");
        JsonNode first = get("/api/v1/accounts?limit=1");
        assertThat(ids(first)).containsExactly("amal");
        assertThat(ids(get("/api/v1/accounts?limit=1&after="
                        + first.path("after").asString().replace("|", "%7C"))))
                .containsExactly("desk");
        assertThat(ids(get("/api/v1/accounts?network=pigeon"))).isEmpty();
        assertThat(ids(get("/api/v1/mirrors"))).containsExactly("desk");
        JsonNode answer =
                get("/api/v1/accounts").path("accounts").path(0).path("answers").path(0);
        assertThat(answer.path("shown").path("as").asString()).isEqualTo("@amal.dove");
        assertThat(answer.path("how").asString()).isEqualTo("followed the bot");
    }

    @Test
    void anAccountIsShownWithEverythingItsOwnerEverSaid() throws Exception {
        JsonNode gone = get("/api/v1/account?network=dove&id=gone");
        assertThat(gone.path("audit").valueStream().map(a -> a.path("how").asString()))
                .containsExactly("followed the bot", "blocked the bot");
        assertThat(gone.path("answers").path(0).path("given").asBoolean()).isFalse();
        String token = OperatorToken.read(data);
        assertThat(ask("/api/v1/account?network=dove&id=nobody", token).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aQuestionThatCannotBeAnsweredIsSaidWhatIsWrong() throws Exception {
        String token = OperatorToken.read(data);
        for (String path : List.of(
                "/api/v1/accounts?limit=0",
                "/api/v1/accounts?limit=many",
                "/api/v1/accounts?network=myspace",
                "/api/v1/account",
                "/api/v1/account?network=dove",
                "/api/v1/account?network=myspace&id=x")) {
            assertThat(ask(path, token).statusCode()).as(path).isEqualTo(400);
            assertThat(ask(path, token).body()).as(path).contains("\"error\":");
        }
    }

    @Test
    void whoIsRemovedIsNotCarriedUntilTheOperatorSaysSo() throws Exception {
        String body = "{\"network\": \"dove\", \"id\": \"amal\", \"reason\": \"spam\"}";
        assertThat(post("/api/v1/account/remove", "0", body)).isEqualTo(401);
        assertThat(post("/api/v1/account/remove", OperatorToken.read(data), body))
                .isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> how("amal").equals("removed by the operator: spam"));
        assertThat(ids(get("/api/v1/accounts"))).containsExactly("desk");
        assertThat(post("/api/v1/account/readmit", OperatorToken.read(data), body))
                .isEqualTo(202);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> how("amal").startsWith("the operator lets"));
    }

    @Test
    void aDecisionThatCannotBeReadChangesNothing() throws Exception {
        String token = OperatorToken.read(data);
        for (String body : List.of(
                "",
                "{",
                "[]",
                "{\"network\": \"dove\", \"id\": \"amal\"}",
                "{\"network\": \"dove\", \"id\": \"amal\", \"reason\": \"a\\nb\"}",
                "{\"network\": \"myspace\", \"id\": \"amal\", \"reason\": \"spam\"}")) {
            assertThat(post("/api/v1/account/remove", token, body)).as(body).isEqualTo(400);
        }
        String nobody = "{\"network\": \"dove\", \"id\": \"nobody\", \"reason\": \"spam\"}";
        assertThat(post("/api/v1/account/remove", token, nobody)).isEqualTo(404);
        assertThat(how("amal")).isEqualTo("followed the bot");
    }

    @Test
    void aKeyIsRenewedWhereAnAccountIsNotItsKey() throws Exception {
        String token = OperatorToken.read(data);
        String path = "/api/v1/account/renew-key";
        String body = "{\"network\": \"dove\", \"id\": \"amal\", \"to\": \"pigeon\"}";
        assertThat(post(path, "0", body)).isEqualTo(401);
        assertThat(post(path, token, body)).as("a fake network has none").isEqualTo(409);
        assertThat(post(path, token, body.replace("amal", "nobody"))).isEqualTo(404);
        assertThat(post(path, token, body.replace("pigeon", "myspace"))).isEqualTo(404);
        for (String wrong : List.of("", "{", "[]", body.replace("amal", ""))) {
            assertThat(post(path, token, wrong)).as(wrong).isEqualTo(400);
        }
    }

    private String how(String name) {
        return instance.ports()
                .consents()
                .find(new NativeId(DOVE, name), PIGEON)
                .orElseThrow()
                .how();
    }

    private int post(String path, String token, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void everyPathIsDescribed() throws Exception {
        JsonNode description = get("/api/v1/openapi.json");
        Set<String> described = new TreeSet<>();
        description.path("paths").propertyNames().forEach(described::add);
        Set<String> served = new TreeSet<>(Set.of(
                "/api/v1/account/archive",
                "/api/v1/account/end",
                "/api/v1/account/renew-key",
                "/api/v1/dead-letter",
                "/api/v1/dead-letter/drop",
                "/api/v1/dead-letter/replay",
                "/api/v1/dead-letters",
                "/api/v1/examination",
                "/api/v1/feed",
                "/api/v1/hosts",
                "/api/v1/keys",
                "/api/v1/keys/rotate",
                "/api/v1/lookup",
                "/api/v1/operators",
                "/api/v1/operators/add",
                "/api/v1/operators/remove",
                "/api/v1/operators/invite",
                "/api/v1/person",
                "/api/v1/post",
                "/api/v1/status"));
        new OperatorApi(instance.ports(), List.of(DOVE), _ -> true, _ -> {}, InstantSource.system())
                .endpoints(OperatorToken.leave(Files.createDirectory(data.resolve("other")), new SecureRandom()))
                .forEach(endpoint -> served.add(((Endpoint.Http) endpoint).path()));
        new RuleDesk(() -> {
                    throw new AssertionError("nobody was asked");
                })
                .endpoints(OperatorToken.leave(data.resolve("other"), new SecureRandom()))
                .forEach(endpoint -> served.add(((Endpoint.Http) endpoint).path()));
        assertThat(described).isEqualTo(served);
        assertThat(ask("/api/v1/openapi.json", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsForEverybodyIsAnsweredWithoutTheToken() throws Exception {
        assertThat(ask("/api/v1/status", "").body()).contains("\"networks\":[", "\"network\":\"dove\"", "\"ready\":0");
        assertThat(ask("/api/v1/feed", "").body()).isEqualTo("[]");
        assertThat(ask("/api/v1/person?network=dove&id=amal", "").body()).contains("@amal.dove", "\"carried\":true");
        assertThat(ask("/api/v1/person?network=dove&id=gone", "").statusCode()).isEqualTo(404);
        assertThat(ask("/api/v1/person?network=dove&id=stranger", "").statusCode())
                .isEqualTo(404);
        assertThat(ask("/api/v1/post?network=dove&id=none", "").statusCode()).isEqualTo(404);
        assertThat(ask("/api/v1/lookup?q=what", "").statusCode()).isEqualTo(400);
        assertThat(ask("/lookup?q=what", "").body()).contains("no name on any network");
        for (String path : List.of("/", "/lookup", "/feed", "/privacy", "/age", "/status")) {
            assertThat(ask(path, "").statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void serversAndMasterKeysAreToldToTheOperator() throws Exception {
        var place = new Destination(PIGEON, "a@down.example");
        var follow =
                new Activity.Follow(new NativeId(DOVE, "f"), new NativeId(DOVE, "amal"), NOON, new NativeId(DOVE, "x"));
        instance.ports()
                .parking()
                .park(
                        Delivery.of(follow, follow.author(), place, NOON),
                        "destination " + place.key(),
                        "f",
                        "it is down",
                        NOON,
                        Instant.now().plus(Duration.ofDays(9)));
        JsonNode host = get("/api/v1/hosts").path("hosts").path(0);
        assertThat(host.path("name").asString()).isEqualTo("down.example");
        assertThat(host.path("waiting").asInt()).isEqualTo(1);
        assertThat(host.path("reason").asString()).isEqualTo("it is down");
        assertThat(host.has("paused")).isFalse();
        instance.ports()
                .keys()
                .putIfAbsent(new KeyStore.StoredKey(
                        "k", "ED25519", new byte[] {1}, "nobody has it", new byte[12], new byte[] {2}));
        JsonNode keys = get("/api/v1/keys");
        assertThat(keys.path("older").asInt()).isEqualTo(1);
        assertThat(keys.path("counts").path("nobody has it").asInt()).isEqualTo(1);
        assertThat(keys.path("counts").has(keys.path("newest").asString())).isTrue();
        var rotate = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + "/api/v1/keys/rotate"))
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(client.send(rotate.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        rotate.header("Authorization", "Bearer " + OperatorToken.read(data));
        assertThat(client.send(rotate.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(202);
        for (String path : List.of("/api/v1/hosts", "/api/v1/keys")) {
            assertThat(ask(path, "").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(get("/api/v1/keys").path("older").asInt())
                .as("what no master key opens stays")
                .isEqualTo(1);
    }

    @Test
    void theCommandsSayTheSame() {
        assertThat(typed("accounts"))
                .contains("dove amal\n    → pigeon as @amal.dove: followed the bot, 2026-03-01T12:00:00Z\n")
                .contains("dove desk\n    → pigeon: mirror: letter 12")
                .doesNotContain("gone");
        assertThat(typed("mirrors")).contains("dove desk").doesNotContain("amal");
        assertThat(typed("accounts", "--network", "myspace"))
                .contains("answers 400")
                .contains("exit 1");
        instance.close();
        assertThat(typed("accounts")).contains("no instance answers at").contains("exit 1");
    }

    private void givenUp(String id, DeadLetters.Stage stage, String body) {
        instance.ports()
                .deadLetters()
                .put(new DeadLetters.DeadLetter(id, stage, "pigeon|own", "it rained", body, NOON));
    }

    @Test
    void whatWasGivenUpIsShownTriedAgainAndThrownAway() throws Exception {
        var sanction = new Sanction(true, "asked twice", NOON.plusSeconds(60));
        byte[] event = new EngineJson().write(sanction.about(new NativeId(DOVE, "amal")));
        givenUp("one", DeadLetters.Stage.BRIDGE, new String(event, StandardCharsets.UTF_8));
        givenUp("two|<b>", DeadLetters.Stage.DELIVER, "what is this");
        assertThat(typed("dead-letters")).contains("one\n", "two|<b>\n", "DELIVER pigeon|own: it rained");
        assertThat(typed("dead-letters", "--show", "two|<b>")).contains("what is this", "exit 0");
        assertThat(typed("dead-letters", "--replay", "two|<b>")).contains("answers 409", "exit 1");
        assertThat(typed("dead-letters", "--drop", "two|<b>")).contains("thrown away", "exit 0");
        assertThat(typed("dead-letters", "--drop", "two|<b>")).contains("answers 404", "exit 1");
        assertThat(typed("dead-letters", "--replay", "one")).contains("goes once more", "exit 0");
        assertThat(instance.ports().deadLetters().count()).isZero();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> instance.ports()
                        .consents()
                        .find(new NativeId(DOVE, "amal"), PIGEON)
                        .filter(Consent::given)
                        .isEmpty());
        assertThat(typed("dead-letters", "--show", "a", "--drop", "b")).contains("mutually exclusive");
        for (String path : List.of("/api/v1/dead-letters", "/api/v1/dead-letter?id=one")) {
            assertThat(ask(path, "").statusCode()).as(path).isEqualTo(401);
        }
    }
}
