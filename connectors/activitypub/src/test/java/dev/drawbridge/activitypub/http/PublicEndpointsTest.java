package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Vocabulary;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class PublicEndpointsTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private Bridge bridge;
    private String carol;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, new LocalNet());
        carol = bridge.ghost(CAROL, "carol@site.example").value();
    }

    private HttpReply get(String address) {
        return bridge.router.get(address, "application/activity+json");
    }

    private As2 document(String address) {
        HttpReply reply = get(address);
        assertThat(reply.status()).as(address).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("content-type", "application/activity+json; charset=utf-8")
                .containsEntry("Access-Control-Allow-Origin", "*")
                .containsEntry("Vary", "Accept, Signature, Signature-Input");
        return Documents.parse(Router.text(reply)).found().orElseThrow();
    }

    @Test
    void aGhostIsAPersonWithEverythingServersWant() {
        As2 document = document(carol);
        Actor actor = Actor.read(document).found().orElseThrow();
        assertThat(actor.id()).isEqualTo(carol);
        assertThat(actor.type()).isEqualTo("Person");
        assertThat(actor.username()).contains("carol.site.example");
        assertThat(actor.preferredInbox()).isEqualTo(Bridge.BASE + "/ap/inbox");
        assertThat(actor.key(carol + "#main-key")).isPresent();
        assertThat(document.ref("followers")).contains(carol + "/followers");
        assertThat(document.object("url").flatMap(u -> u.text("href")).orElse(""))
                .startsWith("nostr:npub1");
        assertThat(Router.text(get(carol))).contains("Bridged from");
        for (String collection : List.of("inbox", "outbox", "followers", "following", "featured")) {
            assertThat(document.ref(collection)).contains(carol + "/" + collection);
        }
        assertThat(document.text("published")).contains("2026-03-01T12:00:00Z");
        assertThat(document.text("webfinger")).contains("carol.site.example@ap.bridge.example");
        assertThat(document.flag("manuallyApprovesFollowers")).contains(false);
        assertThat(document.flag("discoverable")).contains(true);
        assertThat(document.flag("indexable")).contains(false);
        assertThat(document.flag("bridgeable")).contains(false);
        assertThat(document.object("generator")
                        .flatMap(g -> g.object("implements"))
                        .flatMap(i -> i.text("href")))
                .contains("https://datatracker.ietf.org/doc/html/rfc9421");
    }

    @Test
    void everyTermOfAnActorHasAMeaning() {
        As2 document = document(carol);
        var terms = new HashSet<String>();
        document.objects("@context").forEach(c -> c.node().propertyNames().forEach(terms::add));
        assertThat(terms)
                .contains("manuallyApprovesFollowers", "discoverable", "indexable", "featured", "bridgeable")
                .contains("webfinger", "PropertyValue", "value", "implements", "alsoKnownAs", "movedTo");
        assertThat(document.refs("@context")).contains(Vocabulary.CONTEXT, Vocabulary.SECURITY);
    }

    @Test
    void aPictureSaysWhatItIs() {
        var dave = new NativeId(Network.ATPROTO, "did:plc:dave");
        var profile = Profile.builder(dave, "dave.example")
                .displayName("Dave")
                .url(Optional.of(URI.create("https://dave.example/")))
                .avatar(Optional.of(URI.create("https://dave.example/Me.JPG?size=large")))
                .locked(true)
                .build();
        var outcome = (GhostOutcome.Ready) bridge.connector.ensureGhost(new GhostRequest(dave, profile));
        As2 document = document(outcome.ghost().id().value());
        assertThat(document.object("icon").flatMap(i -> i.text("mediaType"))).contains("image/jpeg");
        assertThat(document.flag("manuallyApprovesFollowers")).contains(true);
    }

    @Test
    void aBotIsAServiceAndTheInstanceAnApplication() {
        var origin = Ghost.botOrigin(Network.ATPROTO);
        String bot = bridge.ghost(origin, "atproto").value();
        assertThat(document(bot).type()).isEqualTo("Service");
        assertThat(document(bot).has("bridgeable")).isFalse();
        Actor instance =
                Actor.read(document(Bridge.BASE + "/ap/instance")).found().orElseThrow();
        assertThat(instance.type()).isEqualTo("Application");
        assertThat(instance.key(Bridge.BASE + "/ap/instance#main-key")).isPresent();
        assertThat(instance.document().object("implements")).isPresent();
        assertThat(instance.document().text("webfinger")).contains("instance@ap.bridge.example");
    }

    @Test
    void whoIsNotHereIsNotFound() {
        for (String path : List.of(
                "/ap/actors/nobody",
                "/ap/actors/nobody/outbox",
                "/ap/actors/nobody/followers",
                "/ap/actors/nobody/following",
                "/ap/actors/nobody/featured",
                "/ap/objects/nostr/none",
                "/ap/objects/nostr/none/replies",
                "/ap/likes/nostr/none",
                "/ap/objects/nostr/none/create")) {
            assertThat(bridge.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aNoteIsServedAtItsAddressWithItsContext() {
        String note = Speech.of(bridge, CAROL, "carol@site.example").say(1, "hello", Optional.empty());
        As2 document = document(note);
        assertThat(document.isA("Note")).isTrue();
        assertThat(document.node().has("@context")).isTrue();
        assertThat(document.ref("attributedTo")).contains(carol);
        As2 create = document(note + "/create");
        assertThat(create.type()).isEqualTo("Create");
        assertThat(create.id()).contains(note + "/create");
        assertThat(create.object("object").flatMap(As2::id)).contains(note);
    }

    @Test
    void nodeInfoSaysWhatWeAre() {
        String discovery = Router.text(bridge.get("/.well-known/nodeinfo"));
        assertThat(discovery)
                .contains("http://nodeinfo.diaspora.software/ns/schema/2.0")
                .contains("http://nodeinfo.diaspora.software/ns/schema/2.1")
                .contains(Bridge.BASE + "/ap/instance");
        for (String version : List.of("2.0", "2.1")) {
            HttpReply reply = bridge.get("/ap/nodeinfo/" + version);
            assertThat(reply.headers().get("content-type")).contains("ns/schema/" + version + "#");
            As2 info = Documents.parse(Router.text(reply)).found().orElseThrow();
            assertThat(info.text("version")).contains(version);
            assertThat(info.object("software").flatMap(s -> s.text("name"))).contains("drawbridge");
            assertThat(info.refs("protocols")).containsExactly("activitypub");
            assertThat(info.node().at("/usage/users/total").asInt()).isEqualTo(1);
            assertThat(info.node().path("services").path("inbound").isArray()).isTrue();
            assertThat(info.node().path("openRegistrations").isBoolean()).isTrue();
            assertThat(info.node().path("metadata").isObject()).isTrue();
        }
    }
}
