package dev.drawbridge.activitypub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.CollectionSynchronization;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both sides of FEP-8fcf.
@ExtendWith(TestMongo.class)
class FollowersSynchronizationTest {
    private final RemoteServer alice = new RemoteServer("social.example", "alice");
    private final String inbox = alice.sharedInbox();
    private final String list = alice.actor() + "/followers_synchronization";
    private Shores shores;
    private NativeId nora;
    private String ghost = "";

    @BeforeEach
    void start(MongoDatabase database) {
        shores = new Shores(database);
        nora = shores.author("nora");
        ghost = shores.ghost(nora).value();
        alice.on(shores.net);
        shores.net.fix(inbox, HttpReply.of(202));
        shores.net.fix(alice.inbox(), HttpReply.of(202));
    }

    private List<String> headers() {
        return shores.net.requests.stream()
                .filter(r -> r.method().equals("POST"))
                .map(OutboundHttp.Request::headers)
                .map(h -> Optional.ofNullable(h.get(CollectionSynchronization.HEADER))
                        .orElse("none"))
                .toList();
    }

    private void say(String text) {
        shores.post(nora, text);
        shores.engine.settle();
    }

    @Test
    void aDeliveryTellsTheDigestOfTheFollowersThere() {
        String bob = "https://social.example/users/bob";
        shores.follower(nora, alice.actor(), inbox);
        shores.follower(nora, bob, inbox);
        shores.net.fix("https://other.example/inbox", HttpReply.of(202));
        shores.follower(nora, "https://other.example/users/eve", "https://other.example/inbox");
        say("hello");
        var here = new CollectionSynchronization(
                ghost + "/followers",
                ghost + "/followers_synchronization",
                CollectionSynchronization.digestOf(List.of(alice.actor(), bob)));
        assertThat(headers()).hasSize(2).contains(here.header()).doesNotContain("none");
    }

    @Test
    void itIsToldOnceADay() {
        shores.follower(nora, alice.actor(), inbox);
        say("one");
        say("two");
        shores.engine.after(Duration.ofDays(1));
        say("three");
        assertThat(headers()).hasSize(3);
        assertThat(headers().get(0)).isEqualTo(headers().get(2)).isNotEqualTo("none");
        assertThat(headers().get(1)).isEqualTo("none");
    }

    private HttpReply ask(RemoteServer asker) {
        URI uri = URI.create(ghost + "/followers_synchronization");
        Map<String, List<String>> headers = new HashMap<>();
        CavageSignature.sign(
                        "GET",
                        uri,
                        "application/activity+json",
                        new byte[0],
                        asker.keyId(),
                        shores.clock.instant(),
                        asker::sign)
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return shores.ap.router.call("GET", uri, headers, new byte[0]);
    }

    @Test
    void aServerLearnsOfItsOwnPeopleOnly() {
        shores.follower(nora, alice.actor(), inbox);
        shores.follower(nora, "https://other.example/users/eve", "https://other.example/inbox");
        shores.follower(nora, "https://social.example.evil.example/users/x", "https://social.example.evil.example/i");
        HttpReply reply = ask(alice);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Router.text(reply)).contains("\"orderedItems\":[\"" + alice.actor() + "\"]");
        assertThat(reply.headers()).containsEntry("Cache-Control", "private, no-store");
    }

    @Test
    void whoDoesNotSignLearnsNothing() {
        shores.follower(nora, alice.actor(), inbox);
        HttpReply unsigned = shores.ap.router.get(ghost + "/followers_synchronization", "application/activity+json");
        assertThat(unsigned.status()).isEqualTo(401);
        assertThat(Router.text(unsigned)).doesNotContain(alice.actor());
        var forger = new RemoteServer("social.example", "alice");
        assertThat(ask(forger).status()).isEqualTo(401);
        assertThat(shores.ap.get("/ap/actors/nobody/followers_synchronization").status())
                .isEqualTo(404);
    }

    private NativeId alice() {
        return new NativeId(Network.ACTIVITYPUB, alice.actor());
    }

    private void noraFollowsAlice() {
        shores.ports
                .follows()
                .put(new Follows.Edge(nora, alice(), new NativeId(Network.NOSTR, "list"), Optional.empty(), true));
    }

    /// Alice's server delivers something, with its digest of our people among her followers.
    private void deliver(String... followers) {
        var said = new CollectionSynchronization(
                alice.actor() + "/followers", list, CollectionSynchronization.digestOf(List.of(followers)));
        deliverWith(said.header());
    }

    private void deliverWith(String header) {
        String body = alice.create(shores.net.requests.size(), "hi");
        var headers = new HashMap<>(alice.signed(inboxHere(), body, shores.clock.instant()));
        headers.put("collection-synchronization", List.of(header));
        shores.ap.people.add(alice());
        assertThat(shores.ap.post(inboxHere(), headers, body).status()).isEqualTo(202);
        shores.ap.background.run();
    }

    private String inboxHere() {
        return ghost + "/inbox";
    }

    private static void soon(BooleanSupplier condition) {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private void listed(String... followers) {
        shores.net.document(
                list,
                "{\"type\":\"OrderedCollection\",\"orderedItems\":[%s]}"
                        .formatted(followers.length == 0 ? "" : '"' + String.join("\",\"", followers) + '"'));
    }

    @Test
    void aFollowTheyDoNotHaveIsNone() {
        noraFollowsAlice();
        listed();
        deliver(new String[0]);
        soon(() -> shores.ports.follows().find(nora, alice()).isEmpty());
        assertThat(shores.net.requests.stream().filter(r -> r.uri().toString().equals(list)))
                .allSatisfy(r -> assertThat(r.headers()).containsKey("Signature"));
    }

    @Test
    void followersOfANetworkThatCameLaterAreComparedToo() {
        var gus = new NativeId(Bridge.GOPHER, "gus");
        NativeId gusHere = shores.ap.ghost(gus, "gus.example");
        shores.ports.identities().putIfAbsent(new Ghost(gus, gusHere, "@gus", true, shores.clock.instant()));
        shores.ports
                .follows()
                .put(new Follows.Edge(gus, alice(), new NativeId(Bridge.GOPHER, "f"), Optional.empty(), true));
        listed();
        deliver(new String[0]);
        soon(() -> shores.ports.follows().find(gus, alice()).isEmpty());
    }

    @Test
    void aFollowThatEndedHereIsEndedThere() {
        listed(ghost, "https://ap.bridge.example/ap/actors/nobody", "https://elsewhere.example/users/x");
        deliver(ghost);
        soon(() -> shores.net.asked(alice.inbox()) > 0);
        var undo = shores.net.requests.stream()
                .filter(r -> r.uri().toString().equals(alice.inbox()))
                .map(LocalNet::text)
                .toList();
        assertThat(undo).hasSize(1);
        assertThat(undo.getFirst())
                .contains("\"Undo\"")
                .contains("\"Follow\"")
                .contains(ghost)
                .contains(alice.actor());
    }

    @Test
    void whereBothAgreeNobodyIsAsked() {
        noraFollowsAlice();
        deliver(ghost);
        deliverWith("collectionId=\"https://evil.example/f\", url=\"https://evil.example/l\", digest=\""
                + "0".repeat(64) + '"');
        noticeable();
        assertThat(shores.net.asked(list)).isZero();
        assertThat(shores.net.asked("https://evil.example/l")).isZero();
        assertThat(shores.ports.follows().find(nora, alice())).isPresent();
    }

    /// A third delivery that is acted upon shows that the ones before it were looked at.
    private void noticeable() {
        var bob = new RemoteServer("third.example", "bob").on(shores.net);
        shores.net.document(bob.actor() + "/list", "{\"orderedItems\":[]}");
        shores.ports
                .follows()
                .put(new Follows.Edge(
                        nora,
                        new NativeId(Network.ACTIVITYPUB, bob.actor()),
                        new NativeId(Network.NOSTR, "list2"),
                        Optional.empty(),
                        true));
        String body = bob.create(1, "hi");
        var headers = new HashMap<>(bob.signed(inboxHere(), body, shores.clock.instant()));
        headers.put(
                "collection-synchronization",
                List.of(new CollectionSynchronization(bob.actor() + "/followers", bob.actor() + "/list", "0".repeat(64))
                        .header()));
        shores.ap.people.add(new NativeId(Network.ACTIVITYPUB, bob.actor()));
        shores.ap.post(inboxHere(), headers, body);
        shores.ap.background.run();
        soon(() -> shores.net.asked(bob.actor() + "/list") > 0);
    }

    @Test
    void aServerIsNotAskedAgainAndAgain() {
        listed();
        shores.net.fix(list, HttpReply.of(500));
        noraFollowsAlice();
        deliver(new String[0]);
        soon(() -> shores.net.asked(list) > 0);
        deliver(new String[0]);
        deliver(new String[0]);
        noticeable();
        assertThat(shores.net.asked(list)).isEqualTo(1);
        assertThat(shores.ports.follows().find(nora, alice()))
                .as("no answer changes nothing")
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'OrderedCollection','totalItems':1,'first':'LIST?page=1'}",
                "{'type':'OrderedCollectionPage','orderedItems':[],'next':'LIST?page=2'}",
                "{'error':'try again'}"
            })
    void aListThatIsNotWholeEndsNoFollow(String part) {
        noraFollowsAlice();
        shores.net.document(list, part.replace('\'', '"').replace("LIST", list));
        deliver(new String[0]);
        soon(() -> shores.net.asked(list) > 0);
        noticeable();
        assertThat(shores.ports.follows().find(nora, alice())).isPresent();
    }
}
