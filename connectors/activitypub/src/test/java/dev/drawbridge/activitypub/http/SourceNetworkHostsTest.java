package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// People of one source network live on a host of their own: an admin can block it and not the instance.
@ExtendWith(TestMongo.class)
class SourceNetworkHostsTest {
    private static final String NOSTR = "https://nostr.bridge.example";
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final NativeId DAVE = new NativeId(Network.ATPROTO, "did:plc:dave");
    private static final RemoteServer ALICE = new RemoteServer("social.example", "alice");
    private final LocalNet net = new LocalNet();
    private MongoDatabase database;
    private Bridge bridge;
    private Speech carol;

    @BeforeEach
    void start(MongoDatabase opened) {
        database = opened;
        bridge = new Bridge(database, net, Map.of("hosts.nostr", "Nostr.bridge.example"));
        carol = Speech.of(bridge, CAROL, "carol@site.example");
        ALICE.on(net);
    }

    private HttpReply get(String address) {
        return bridge.router.get(address, "application/activity+json");
    }

    private As2 document(String address) {
        HttpReply reply = get(address);
        assertThat(reply.status()).as(address).isEqualTo(200);
        return Documents.parse(Router.text(reply)).found().orElseThrow();
    }

    @Test
    void theirActorsInboxesAndPostsAreThere() {
        String id = NOSTR + "/ap/actors/carol.site.example";
        assertThat(carol.ghost().value()).isEqualTo(id);
        Actor actor = Actor.read(document(id)).found().orElseThrow();
        assertThat(actor.inbox()).isEqualTo(id + "/inbox");
        assertThat(actor.preferredInbox()).isEqualTo(NOSTR + "/ap/inbox");
        assertThat(actor.key(id + "#main-key")).isPresent();
        assertThat(actor.document().text("webfinger")).contains("carol.site.example@nostr.bridge.example");
        String note = carol.say(1, "hello", Optional.empty());
        assertThat(note).startsWith(NOSTR + "/ap/objects/nostr/");
        assertThat(document(note).ref("attributedTo")).contains(id);
        assertThat(document(note + "/create").ref("actor")).contains(id);
        assertThat(document(id + "/outbox?page=true").objects("orderedItems")).hasSize(1);
    }

    @Test
    void onTheWrongHostNothingIsFound() {
        String note = carol.say(1, "hello", Optional.empty());
        NativeId dave = bridge.ghost(DAVE, "dave.example");
        assertThat(dave.value()).startsWith(Bridge.BASE + "/");
        var wrong = List.of(
                carol.ghost().value().replace(NOSTR, Bridge.BASE),
                carol.ghost().value().replace(NOSTR, Bridge.BASE) + "/outbox",
                note.replace(NOSTR, Bridge.BASE),
                dave.value().replace(Bridge.BASE, NOSTR),
                NOSTR + "/ap/instance",
                NOSTR + "/ap/instance/outbox",
                "https://elsewhere.example/.well-known/nodeinfo",
                "https://elsewhere.example/.well-known/host-meta",
                "https://elsewhere.example/ap/instance");
        assertThat(wrong)
                .allSatisfy(
                        address -> assertThat(get(address).status()).as(address).isEqualTo(404));
        assertThat(get(dave.value()).status()).isEqualTo(200);
    }

    private HttpReply ask(String host, String resource) {
        return get(host + "/.well-known/webfinger?resource=" + resource);
    }

    @Test
    void theirHandlesAreFoundThereAndOnlyThere() {
        String own = "acct:carol.site.example@nostr.bridge.example";
        assertThat(Router.text(ask(NOSTR, own)))
                .contains("\"subject\":\"" + own + "\"", carol.ghost().value());
        assertThat(ask(NOSTR, carol.ghost().value()).status()).isEqualTo(200);
        assertThat(ask(Bridge.BASE, own).status()).isEqualTo(404);
        assertThat(ask(NOSTR, "acct:carol.site.example@ap.bridge.example").status())
                .isEqualTo(404);
        assertThat(ask(Bridge.BASE, "acct:carol.site.example@ap.bridge.example").status())
                .isEqualTo(404);
    }

    @Test
    void theHostIntroducesItselfAsPartOfTheInstance() {
        assertThat(Router.text(get(NOSTR + "/.well-known/nodeinfo")))
                .contains(NOSTR + "/ap/nodeinfo/2.1", Bridge.BASE + "/ap/instance");
        assertThat(get(NOSTR + "/ap/nodeinfo/2.1").status()).isEqualTo(200);
        assertThat(Router.text(get(NOSTR + "/.well-known/host-meta"))).contains(NOSTR + "/.well-known/webfinger");
        assertThat(Router.text(ask(NOSTR, NOSTR + "/"))).contains(Bridge.BASE + "/ap/instance");
        assertThat(ask(Bridge.BASE, NOSTR + "/").status()).isEqualTo(404);
        assertThat(bridge.ghost(Ghost.botOrigin(Network.NOSTR), "nostr").value())
                .startsWith(Bridge.BASE + "/");
    }

    @Test
    void whatIsSignedForTheirInboxArrives() {
        String inbox = carol.ghost().value() + "/inbox";
        String follow = """
            {"id":"https://social.example/f/1","type":"Follow","actor":"%s","object":"%s"}
            """.formatted(ALICE.actor(), carol.ghost().value());
        assertThat(bridge.post(ALICE, inbox, follow).status()).isEqualTo(202);
        assertThat(bridge.received).hasSize(1);
        assertThat(bridge.received.getFirst().names()).contains(carol.ghost());
        // Signed for one host and brought to another.
        var headers = ALICE.signed(inbox, follow, bridge.clock.instant());
        assertThat(bridge.post(inbox.replace(NOSTR, Bridge.BASE), headers, follow)
                        .status())
                .isNotEqualTo(202);
        assertThat(bridge.post(Bridge.BASE + "/ap/inbox", headers, follow).status())
                .isEqualTo(401);
    }

    @Test
    void whoWasThereBeforeTheHostKeepsTheirAddresses() {
        Bridge before = new Bridge(database, new LocalNet());
        var eve = new NativeId(Network.NOSTR, "ee".repeat(32));
        Speech speech = Speech.of(before, eve, "eve@site.example");
        String note = speech.say(1, "old", Optional.empty());
        assertThat(note).startsWith(Bridge.BASE + "/");
        Speech later = Speech.of(bridge, eve, "eve@site.example");
        assertThat(later.ghost()).isEqualTo(speech.ghost());
        assertThat(later.say(2, "new", Optional.empty())).startsWith(Bridge.BASE + "/");
        assertThat(get(note).status()).isEqualTo(200);
        assertThat(document(speech.ghost().value() + "/outbox")
                        .node()
                        .path("totalItems")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void whatIsSaidThereIsOursOnEveryHost() {
        String note = carol.say(1, "hello", Optional.empty());
        assertThat(bridge.connector.fetch(new NativeId(Network.ACTIVITYPUB, note)))
                .isEmpty();
        assertThat(bridge.connector.locate(carol.ghost())).isEmpty();
    }
}
