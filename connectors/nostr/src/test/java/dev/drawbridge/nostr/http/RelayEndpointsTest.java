package dev.drawbridge.nostr.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Meters;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.nostr.FakePeer;
import dev.drawbridge.nostr.FakeWatchlist;
import dev.drawbridge.nostr.People;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.store.NostrStore;
import dev.drawbridge.nostr.store.Presentation;
import dev.drawbridge.nostr.store.RelayRules;
import dev.drawbridge.nostr.wire.Intake;
import dev.drawbridge.testkit.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RelayEndpointsTest {
    private static final InstanceInfo INSTANCE = new InstanceInfo(
            URI.create("https://nostr.bridge.example"), "bridge.example", "Drawbridge", "0.1.0", "op@x", false);
    private static final RelayUrl OWN = RelayUrl.besideWeb(INSTANCE.baseUrl());

    private final People.Person bot = new People().person("bot");
    private final VirtualClock clock = new VirtualClock();
    private final NostrStore store = NostrStore.inMemory();
    private final Set<String> left = new HashSet<>();
    private final RelayHub hub = new RelayHub();
    private final Intake intake = new Intake(new FakeWatchlist(), store.lists(), clock);
    private final RelayParts parts = new RelayParts(
            OWN,
            People.VERIFIER,
            store.events(),
            store.rules(),
            intake,
            hub,
            new Departures(intake, store, clock),
            clock,
            new Random(1),
            Runnable::run,
            Meters.NONE,
            RelayLimits.DEFAULT);
    private final RelayEndpoints endpoints = new RelayEndpoints(
            INSTANCE,
            store.presentations(),
            parts,
            Set.of(bot.key),
            ghost -> !left.contains(ghost.name()),
            List.of(OWN));

    private HttpReply call(String method, String uri, Map<String, List<String>> headers) {
        var call = new HttpCall(
                method, URI.create("https://nostr.bridge.example" + uri), Map.of(), headers, new byte[0], "127.0.0.1");
        return endpoints.endpoints(true).stream()
                .filter(e -> e instanceof Endpoint.Http)
                .map(e -> (Endpoint.Http) e)
                .filter(e -> e.method().equals(method)
                        && e.path().equals(call.uri().getPath())
                        && e.when().test(call))
                .findFirst()
                .map(e -> e.handler().handle(call))
                .orElseGet(() -> HttpReply.of(404));
    }

    private static JsonNode json(HttpReply reply) throws IOException {
        var out = new ByteArrayOutputStream();
        reply.body().writeTo(out);
        return JsonMapper.builder().build().readTree(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void describesTheRelayTruthfully() throws IOException {
        HttpReply reply = call("GET", "/", Map.of("accept", List.of("application/nostr+json")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("content-type", "application/nostr+json")
                .containsEntry("access-control-allow-origin", "*");
        JsonNode info = json(reply);
        assertThat(info.at("/limitation/max_subid_length").asInt()).isEqualTo(64);
        assertThat(info.at("/limitation/restricted_writes").asBoolean()).isTrue();
        assertThat(info.at("/limitation/max_message_length").asInt())
                .isEqualTo(endpoints.endpoints(true).stream()
                        .filter(e -> e instanceof Endpoint.Socket)
                        .map(e -> ((Endpoint.Socket) e).maxMessage())
                        .findFirst()
                        .orElseThrow());
        assertThat(info.get("supported_nips").valueStream().map(JsonNode::asInt))
                .contains(1, 9, 11, 62);
    }

    @Test
    void saysTheLimitsItKeepsTo() throws IOException {
        JsonNode info = json(call("GET", "/", Map.of("accept", List.of("application/nostr+json"))));
        RelayLimits limits = parts.limits();

        assertThat(info.at("/limitation/max_subscriptions").asInt()).isEqualTo(limits.subscriptions());
        assertThat(info.at("/limitation/max_limit").asInt()).isEqualTo(limits.events());
        assertThat(info.at("/limitation/max_event_tags").asInt()).isEqualTo(limits.tags());
        assertThat(info.at("/limitation/max_content_length").asInt()).isEqualTo(limits.content());
        assertThat(info.at("/limitation/min_pow_difficulty").asInt()).isEqualTo(limits.difficulty());
        assertThat(info.at("/limitation/created_at_upper_limit").asLong())
                .isEqualTo(limits.future().toSeconds());
        assertThat(info.get("supported_nips").valueStream().map(JsonNode::asInt))
                .contains(13, 40, 42, 45, 50, 62, 67, 70, 77, 86);
    }

    @Test
    void showsWhatItsOperatorWrote() throws IOException {
        store.rules().put(new RelayRules.Rule(RelayRules.About.SHOWN, "name", "Ours"));
        JsonNode info = json(call("GET", "/", Map.of("accept", List.of("application/nostr+json"))));

        assertThat(info.get("name").asString()).isEqualTo("Ours");
        assertThat(info.get("description").asString()).startsWith("The relay of a bridge");
    }

    @Test
    void isManagedOnlyWhereSomebodyMay() throws IOException {
        var rpc = Map.of("content-type", List.of("application/nostr+json+rpc"));
        assertThat(call("POST", "/", rpc).status()).isEqualTo(401);
        assertThat(call("POST", "/", Map.of()).status()).isEqualTo(404);

        var unmanaged = new RelayEndpoints(INSTANCE, store.presentations(), parts, Set.of(), _ -> true, List.of(OWN));
        assertThat(unmanaged.endpoints(true))
                .noneMatch(e -> e instanceof Endpoint.Http http && http.method().equals("POST"));
    }

    @Test
    void leavesPagesToOthers() {
        assertThat(call("GET", "/", Map.of("accept", List.of("text/html"))).status())
                .isEqualTo(404);
        assertThat(call("GET", "/", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void letsBrowsersAsk() {
        HttpReply reply = call("OPTIONS", "/", Map.of("access-control-request-method", List.of("GET")));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.headers()).containsEntry("access-control-allow-headers", "*");
    }

    @Test
    void namesOneKeyAtATime() throws IOException {
        store.presentations()
                .claim(new Presentation(bot.key, Ghost.botOrigin(Network.ATPROTO), "ref", "atproto", clock.instant()));

        HttpReply reply = call("GET", "/.well-known/nostr.json?name=ATProto", Map.of());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("access-control-allow-origin", "*");
        JsonNode answer = json(reply);
        assertThat(answer.at("/names/atproto").asString()).isEqualTo(bot.key.hex());
        assertThat(answer.get("relays").get(bot.key.hex()).get(0).asString()).isEqualTo("wss://nostr.bridge.example/");
        assertThat(json(call("GET", "/.well-known/nostr.json?name=nobody", Map.of()))
                        .get("names"))
                .isEmpty();
        assertThat(json(call("GET", "/.well-known/nostr.json", Map.of())).get("names"))
                .isEmpty();
    }

    @Test
    void namesNobodyWhoLeft() throws IOException {
        store.presentations()
                .claim(new Presentation(bot.key, Ghost.botOrigin(Network.ATPROTO), "ref", "gone", clock.instant()));
        left.add("gone");

        assertThat(json(call("GET", "/.well-known/nostr.json?name=gone", Map.of()))
                        .get("names"))
                .isEmpty();
    }

    @Test
    void servesNamesAlsoWithoutARelay() {
        assertThat(endpoints.endpoints(false))
                .singleElement()
                .extracting(Endpoint::path)
                .isEqualTo("/.well-known/nostr.json");
    }

    @Test
    void opensASessionThatHearsWhatIsPublished() {
        var peer = new FakePeer();
        var socket = (Endpoint.Socket) endpoints.endpoints(true).stream()
                .filter(e -> e instanceof Endpoint.Socket)
                .findFirst()
                .orElseThrow();
        var handshake = new HttpCall(
                "GET", URI.create("https://nostr.bridge.example/"), Map.of(), Map.of(), new byte[0], "127.0.0.1");
        var session = socket.handler().open(handshake, peer);
        session.text("[\"REQ\",\"s\",{}]");
        hub.published(bot.note(1, "hi"));

        assertThat(peer.heard()).hasSize(2).last().asString().startsWith("[\"EVENT\",\"s\",");
        session.closed(1000, "");
        assertThat(hub.size()).isZero();
    }
}
