package dev.drawbridge.it.interop;

import static dev.drawbridge.it.peers.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.it.peers.FedifyPeer;
import dev.drawbridge.it.peers.NostrClient;
import dev.drawbridge.it.sides.FediverseSide;
import dev.drawbridge.it.sides.Person;
import dev.drawbridge.it.sides.Side;
import dev.drawbridge.it.sides.Words;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What Fedify and the bridge say to each other, one exchange at a time: both kinds of signatures, forgeries, replays,
/// reactions, failing inboxes, a server in secure mode.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FedifyExchangesIT {
    private static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";
    private final AtomicInteger names = new AtomicInteger();
    private World world;
    private FedifyPeer peer;
    private Side fediverse;
    private Side nostr;
    private NostrClient relay;

    @BeforeAll
    void start(@TempDir Path home) {
        world = World.start(home, Optional.empty(), () -> Instant.now().getEpochSecond());
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

    @Test
    void aFollowOfABotIsAcceptedWithTheWholeFollowInside() {
        Person anna = fediverse.join(name());
        String bot = botFor("nostr");
        FedifyPeer.Sent follow = peer.follow(anna.name(), bot);

        eventually(() -> assertThat(peer.following(anna.name())).contains(bot));
        JsonNode accept = peer.arrivals("Accept").stream()
                .filter(a -> a.at("/body/object/id").asString("").equals(follow.id()))
                .findFirst()
                .orElseThrow();
        // It signed its Follow with RFC 9421, so it is answered in kind.
        assertThat(accept.path("sig").asString()).isEqualTo("rfc9421");
        assertThat(accept.path("status").asInt()).isEqualTo(202);
        assertThat(accept.at("/body/object/type").asString()).isEqualTo("Follow");
        assertThat(accept.at("/body/object/actor").asString()).isEqualTo(anna.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cavage", "rfc9421"})
    void bothKindsOfSignaturesAreTaken(String kind) {
        Person anna = author();
        String token = token();

        assertThat(raw(anna, note(anna, token), Map.of("spec", kind))).isEqualTo(202);
        eventually(() -> assertThat(copies(token)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "spec, none",
        "tamper, body",
        "tamper, digest",
        "skewSeconds, -46800",
        "skewSeconds, 46800",
        "dropHeader, digest",
    })
    void aForgeryIsRefusedAndNothingComesOfIt(String how, String value) {
        Person anna = author();
        String forged = token();

        assertThat(raw(anna, note(anna, forged), Map.of(how, typed(value)))).isEqualTo(401);
        nothingCame(anna, forged);
    }

    /// It may be the new key of somebody who changed theirs, so it can be taken first and looked at afterwards.
    @Test
    void nothingComesOfASignatureByAnotherKey() {
        Person anna = author();
        String forged = token();

        assertThat(raw(anna, note(anna, forged), Map.of("wrongKey", true))).isIn(401, 202);
        nothingCame(anna, forged);
    }

    @Test
    void nobodySpeaksForSomebodyElse() {
        Person anna = author();
        Person mallory = author();
        String forged = token();

        raw(mallory, note(anna, forged), Map.of());
        nothingCame(anna, forged);
    }

    @Test
    void aNoteThatIsSaidToBeOnAnotherServerDoesNotCross() {
        Person anna = author();
        String forged = token();
        var create = note(anna, forged);
        var elsewhere = new LinkedHashMap<String, Object>(object(create));
        elsewhere.put("id", "https://elsewhere.example/notes/" + forged);
        create.put("object", elsewhere);

        raw(anna, create, Map.of());
        nothingCame(anna, forged);
    }

    @Test
    void whatIsSentTwiceCrossesOnce() {
        Person anna = author();
        String token = token();
        var create = note(anna, token);

        assertThat(raw(anna, create, Map.of())).isEqualTo(202);
        assertThat(raw(anna, create, Map.of("spec", "rfc9421"))).isEqualTo(202);
        String next = token();
        assertThat(raw(anna, note(anna, next), Map.of())).isEqualTo(202);
        eventually(() -> assertThat(copies(next)).hasSize(1));
        assertThat(copies(token)).hasSize(1);
    }

    @Test
    void followersOnlyAndDirectNotesStayHome() {
        Person anna = author();
        String token = token();
        var create = note(anna, token);
        create.put("to", List.of(anna.id() + "/followers"));
        var narrowed = new LinkedHashMap<String, Object>(object(create));
        narrowed.put("to", List.of(anna.id() + "/followers"));
        create.put("object", narrowed);

        assertThat(raw(anna, create, Map.of())).isEqualTo(202);
        nothingCame(anna, token);
    }

    @Test
    void reactionsAndBoostsReachTheAuthorAndCanBeTakenBack() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = fediverse.ghost(nora).orElseThrow().id();
        peer.follow(anna.name(), ghost);
        eventually(() -> assertThat(peer.following(anna.name())).contains(ghost));
        String original = nostr.publish(nora, Words.of("react to me"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(1));
        String note = fediverse.posts(ghost).getFirst().id();

        var like = peer.send(anna.name(), Map.of("type", "Like", "object", note, "recipient", ghost));
        peer.send(anna.name(), Map.of("type", "Announce", "object", note, "recipient", ghost));
        eventually(() -> assertThat(about(original, 7)).hasSize(1));
        eventually(() -> assertThat(about(original, 6)).hasSize(1));

        peer.send(
                anna.name(),
                Map.of(
                        "type",
                        "Undo",
                        "recipient",
                        ghost,
                        "inner",
                        Map.of("type", "Like", "object", note, "id", like.id())));
        eventually(() -> assertThat(about(original, 7)).isEmpty());
        assertThat(about(original, 6)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void anInboxThatFailsForAWhileMissesNothing(int status) {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = fediverse.ghost(nora).orElseThrow().id();
        peer.follow(anna.name(), ghost);
        eventually(() -> assertThat(peer.following(anna.name())).contains(ghost));

        peer.fail(status, 1, ghost);
        nostr.publish(nora, Words.of("first"));
        nostr.publish(nora, Words.of("second"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(2));
        assertThat(creates(ghost)).as("each was acted on once").hasSize(2);
    }

    @Test
    void anInboxThatSaysNoIsNotAskedAgain() {
        Person anna = author();
        Person nora = nostrAuthor();
        String ghost = fediverse.ghost(nora).orElseThrow().id();
        peer.follow(anna.name(), ghost);
        eventually(() -> assertThat(peer.following(anna.name())).contains(ghost));

        // it is asked once with either kind of signature: the first may be one it does not know
        peer.fail(403, 2, ghost);
        nostr.publish(nora, Words.of("refused"));
        eventually(() -> assertThat(arrivalsFrom(ghost)).hasSize(2));
        assertThat(arrivalsFrom(ghost))
                .extracting(a -> a.path("sig").asString())
                .containsExactlyInAnyOrder("cavage", "rfc9421");
        nostr.publish(nora, Words.of("taken"));
        eventually(() -> assertThat(fediverse.posts(ghost)).hasSize(1));
        assertThat(fediverse.posts(ghost).getFirst().text()).contains("taken");
        assertThat(arrivalsFrom(ghost)).hasSize(3);
    }

    @Test
    void aServerInSecureModeIsReadWithASignature() {
        try (var secured = FedifyPeer.startSecured("erin")) {
            String bot = botFor("nostr");
            secured.follow("erin", bot);
            eventually(() -> assertThat(secured.following("erin")).contains(bot));
            var erin = new Person("activitypub", "erin", secured.actor("erin"), secured.handle("erin"));
            eventually(() -> assertThat(nostr.ghost(erin)).isPresent());
        }
    }

    @Test
    void aStrangerIsNotCarried() {
        Person stranger = fediverse.join(name());
        String token = token();

        assertThat(raw(stranger, note(stranger, token), Map.of())).isEqualTo(202);
        nothingCame(author(), token);
    }

    private String name() {
        return "x" + names.incrementAndGet();
    }

    private String token() {
        return "token-" + names.incrementAndGet() + "-end";
    }

    private String botFor(String network) {
        eventually(() -> assertThat(fediverse.bot(network)).isPresent());
        return fediverse.bot(network).orElseThrow().id();
    }

    /// Somebody on the Fediverse who opted in to Nostr.
    private Person author() {
        Person person = fediverse.join(name());
        fediverse.follow(person, botFor("nostr"));
        eventually(() -> assertThat(nostr.ghost(person)).isPresent());
        return person;
    }

    /// Somebody on Nostr who opted in to the Fediverse.
    private Person nostrAuthor() {
        Person person = nostr.join(name());
        eventually(() -> assertThat(nostr.bot("activitypub")).isPresent());
        nostr.follow(person, nostr.bot("activitypub").orElseThrow().id());
        eventually(() -> assertThat(fediverse.ghost(person)).isPresent());
        return person;
    }

    private static LinkedHashMap<String, Object> note(Person author, String token) {
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
    private static Map<String, Object> object(Map<String, Object> create) {
        return (Map<String, Object>) create.get("object");
    }

    private static Object typed(String value) {
        return value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
    }

    /// Sends a document to the shared inbox, signed by `sender` in the way `more` says.
    private int raw(Person sender, Map<String, Object> document, Map<String, Object> more) {
        var request = new LinkedHashMap<String, Object>(more);
        request.put("from", sender.name());
        request.put("inbox", world.instance().base() + "/ap/inbox");
        request.put("body", document);
        request.putIfAbsent("spec", "cavage");
        return peer.raw(request);
    }

    /// What a person says later has crossed, so whatever was to come of `token` would be there too.
    private void nothingCame(Person author, String token) {
        String later = token();
        assertThat(raw(author, note(author, later), Map.of())).isEqualTo(202);
        eventually(() -> assertThat(copies(later)).hasSize(1));
        assertThat(copies(token)).isEmpty();
    }

    private List<JsonNode> copies(String token) {
        return relay.query(Map.of("kinds", List.of(1))).stream()
                .filter(e -> e.path("content").asString().contains(token))
                .toList();
    }

    private List<JsonNode> about(String event, int kind) {
        return relay.query(Map.of("kinds", List.of(kind), "#e", List.of(event)));
    }

    private List<JsonNode> creates(String ghost) {
        return peer.received("Create").stream()
                .filter(c -> c.path("actor").asString().equals(ghost))
                .toList();
    }

    private List<JsonNode> arrivalsFrom(String ghost) {
        return peer.arrivals("Create").stream()
                .filter(c -> c.at("/body/actor").asString("").equals(ghost))
                .toList();
    }
}
