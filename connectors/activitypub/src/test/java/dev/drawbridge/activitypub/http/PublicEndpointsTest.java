package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.wire.Deliverer;
import dev.drawbridge.model.Activity;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.Translation;
import dev.drawbridge.model.Visibility;
import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.spi.GhostOutcome;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.NativeDraft;
import dev.drawbridge.model.spi.Resolved;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestMongo.class)
class PublicEndpointsTest {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private static final Instant AT = Instant.parse("2026-02-28T10:00:00Z");
    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";
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

    /// Carol says something, in the order of the numbers.
    private String say(int number, String text, Optional<URI> page) {
        var id = new NativeId(Network.NOSTR, "%064x".formatted(number));
        var post = new Post(
                id,
                Optional.empty(),
                CAROL,
                RichText.plain(text),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                AT.plusSeconds(number),
                page,
                Visibility.PUBLIC);
        var actor = new Resolved.Actor(
                CAROL, Optional.of(new NativeId(Network.ACTIVITYPUB, carol)), Optional.empty(), Optional.empty());
        var translated = bridge.connector
                .translator()
                .fromCanonical(
                        new Activity.Publish(id, post.published(), post),
                        new Resolved(Map.of(CAROL, actor), Map.of(), Map.of(), Set.of()),
                        AT);
        var draft = ((Translation.Translated<NativeDraft>) translated).value();
        bridge.connector.deliver(draft, Deliverer.outbox(CAROL));
        return draft.copy().orElseThrow().id().value();
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
    }

    @Test
    void aBotIsAServiceAndTheInstanceAnApplication() {
        var origin = Ghost.botOrigin(Network.ATPROTO);
        String bot = bridge.ghost(origin, "atproto").value();
        assertThat(document(bot).type()).isEqualTo("Service");
        Actor instance =
                Actor.read(document(Bridge.BASE + "/ap/instance")).found().orElseThrow();
        assertThat(instance.type()).isEqualTo("Application");
        assertThat(instance.key(Bridge.BASE + "/ap/instance#main-key")).isPresent();
    }

    @Test
    void aBrowserIsSentToTheOriginalOrShownAPage() {
        HttpReply page = bridge.router.get(carol, HTML);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsKey("Vary");
        assertThat(Router.text(page)).contains("@carol.site.example@ap.bridge.example");
        var dave = new NativeId(Network.ATPROTO, "did:plc:dave");
        var profile = new Profile(
                dave,
                "dave.example",
                "<b>Dave</b>",
                RichText.EMPTY,
                Optional.of(URI.create("https://dave.example/")),
                Optional.empty(),
                false,
                false,
                false);
        var outcome = bridge.connector.ensureGhost(new GhostRequest(dave, profile));
        HttpReply redirect =
                bridge.router.get(((GhostOutcome.Ready) outcome).ghost().id().value(), HTML);
        assertThat(redirect.status()).isEqualTo(303);
        assertThat(redirect.headers()).containsEntry("Location", "https://dave.example/");
    }

    @Test
    void whatPeopleCallThemselvesCannotBreakAPage() {
        var eve = new NativeId(Network.NOSTR, "ee".repeat(32));
        var profile = new Profile(
                eve,
                "eve@x.example",
                "<script>alert(1)</script>",
                RichText.plain("<img src=x onerror=alert(1)>"),
                Optional.of(URI.create("javascript:alert(1)")),
                Optional.empty(),
                false,
                false,
                false);
        var outcome = (GhostOutcome.Ready) bridge.connector.ensureGhost(new GhostRequest(eve, profile));
        String html = Router.text(bridge.router.get(outcome.ghost().id().value(), HTML));
        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script").doesNotContain("<img");
        String tag = Router.text(bridge.router.get(Bridge.BASE + "/ap/tags/%3Cscript%3E", HTML));
        assertThat(tag).contains("#&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void whoIsNotHereIsNotFound() {
        for (String path : List.of(
                "/ap/actors/nobody",
                "/ap/actors/nobody/outbox",
                "/ap/actors/nobody/followers",
                "/ap/objects/nostr/none",
                "/ap/likes/nostr/none",
                "/ap/objects/nostr/none/create")) {
            assertThat(bridge.get(path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aNoteIsServedAtItsAddressWithItsContext() {
        String note = say(1, "hello", Optional.of(URI.create("https://njump.me/1")));
        As2 document = document(note);
        assertThat(document.isA("Note")).isTrue();
        assertThat(document.node().has("@context")).isTrue();
        assertThat(document.ref("attributedTo")).contains(carol);
        As2 create = document(note + "/create");
        assertThat(create.type()).isEqualTo("Create");
        assertThat(create.id()).contains(note + "/create");
        assertThat(create.object("object").flatMap(As2::id)).contains(note);
        assertThat(bridge.router.get(note, HTML).headers()).containsEntry("Location", "https://njump.me/1");
    }

    @Test
    void theOutboxHasPages() {
        for (int i = 1; i <= 45; i++) {
            say(i, "number " + i, Optional.empty());
        }
        As2 outbox = document(carol + "/outbox");
        assertThat(outbox.node().path("totalItems").asInt()).isEqualTo(45);
        String next = outbox.ref("first").orElseThrow();
        int seen = 0;
        String first = "";
        while (!next.isEmpty()) {
            As2 page = document(next);
            assertThat(page.type()).isEqualTo("OrderedCollectionPage");
            var items = page.objects("orderedItems");
            first = first.isEmpty() ? items.getFirst().node().toString() : first;
            seen += items.size();
            next = page.ref("next").orElse("");
        }
        assertThat(seen).isEqualTo(45);
        assertThat(first).contains("number 45").contains("\"Create\"");
    }

    @Test
    void followersAreCountedNotNamed() {
        var alice = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
        bridge.follows.put(
                new Follows.Edge(alice, CAROL, new NativeId(Network.ACTIVITYPUB, "f"), Optional.empty(), true));
        As2 followers = document(carol + "/followers");
        assertThat(followers.node().path("totalItems").asInt()).isEqualTo(1);
        assertThat(followers.has("orderedItems")).isFalse();
        assertThat(document(carol + "/following").node().path("totalItems").asInt())
                .isZero();
        assertThat(document(carol + "/featured").type()).isEqualTo("OrderedCollection");
        assertThat(document(Bridge.BASE + "/ap/instance/outbox").type()).isEqualTo("OrderedCollection");
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
        }
    }
}
