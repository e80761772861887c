package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.peers.NostrClient;
import dev.drawbridge.it.sides.FediverseSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Side;
import dev.drawbridge.it.sides.World;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A bridge between people on Fedify and people on Nostr, and the words of the tests about them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FedifyFixture {
    private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
    private final AtomicInteger names = new AtomicInteger();
    World world;
    FedifyPeer peer;
    Side fediverse;
    Side nostr;
    NostrClient relay;

    /// What the bridge is told besides.
    Map<String, String> settings() {
        return Map.of();
    }

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond(), settings());
        fediverse = world.side("activitypub");
        peer = ((FediverseSide) fediverse).peer();
        nostr = world.side("nostr");
        relay = NostrClient.connect(URI.create("ws://" + world.instance().authority() + "/"));
    }

    @AfterAll
    void stop() {
        if (relay != null) {
            relay.close();
        }
        if (world != null) {
            world.close();
        }
    }

    String name() {
        return "x" + names.incrementAndGet();
    }

    String token() {
        return "token-" + names.incrementAndGet() + "-end";
    }

    String botFor(String network) {
        eventually(() -> assertThat(fediverse.bot(network)).isPresent());
        return fediverse.bot(network).orElseThrow().id();
    }

    /// Somebody on the Fediverse who opted in to Nostr.
    Person author() {
        Person person = fediverse.join(name());
        fediverse.follow(person, botFor("nostr"));
        eventually(() -> assertThat(nostr.ghost(person)).isPresent());
        return person;
    }

    /// Somebody on Nostr who opted in to the Fediverse.
    Person nostrAuthor() {
        Person person = nostr.join(name());
        eventually(() -> assertThat(nostr.bot("activitypub")).isPresent());
        nostr.follow(person, nostr.bot("activitypub").orElseThrow().id());
        eventually(() -> assertThat(fediverse.ghost(person)).isPresent());
        return person;
    }

    static LinkedHashMap<String, Object> note(Person author, String token) {
        String id = author.id() + "/raw/" + token;
        var note = new LinkedHashMap<String, Object>();
        note.put("id", id);
        note.put("type", "Note");
        note.put("attributedTo", author.id());
        note.put("to", List.of(PUBLIC));
        note.put("content", "<p>" + token + "</p>");
        note.put("published", Instant.now().toString());
        var create = new LinkedHashMap<String, Object>();
        create.put("@context", "https://www.w3.org/ns/activitystreams");
        create.put("id", id + "/create");
        create.put("type", "Create");
        create.put("actor", author.id());
        create.put("to", List.of(PUBLIC));
        create.put("object", note);
        return create;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> create) {
        return (Map<String, Object>) create.get("object");
    }

    static Object typed(String value) {
        return value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
    }

    /// Sends a document to the shared inbox, signed by `sender` in the way `more` says.
    int raw(Person sender, Map<String, Object> document, Map<String, Object> more) {
        var request = new LinkedHashMap<String, Object>(more);
        request.put("from", sender.name());
        request.put("inbox", world.instance().base() + "/ap/inbox");
        request.put("body", document);
        request.putIfAbsent("spec", "cavage");
        return peer.raw(request);
    }

    /// What a person says later has crossed, so whatever was to come of `token` would be there too.
    void nothingCame(Person author, String token) {
        String later = token();
        assertThat(raw(author, note(author, later), Map.of())).isEqualTo(202);
        eventually(() -> assertThat(copies(later)).hasSize(1));
        assertThat(copies(token)).isEmpty();
    }

    List<JsonNode> copies(String token) {
        return relay.query(Map.of("kinds", List.of(1))).stream()
                .filter(e -> e.path("content").asString().contains(token))
                .toList();
    }

    List<JsonNode> about(String event, int kind) {
        return relay.query(Map.of("kinds", List.of(kind), "#e", List.of(event)));
    }

    List<JsonNode> creates(String ghost) {
        return peer.received("Create").stream()
                .filter(c -> c.path("actor").asString().equals(ghost))
                .toList();
    }

    List<JsonNode> arrivalsFrom(String ghost) {
        return peer.arrivals("Create").stream()
                .filter(c -> c.at("/body/actor").asString("").equals(ghost))
                .toList();
    }
}
