package dev.drawbridge.activitypub.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Jrd;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.support.Speech;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.spi.GhostRequest;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestMongo.class)
class WebFingerEndpointTest {
    private static final String CAROL = Bridge.BASE + "/ap/actors/carol.site.example";
    private Bridge bridge;

    @BeforeEach
    void start(MongoDatabase database) {
        bridge = new Bridge(database, new LocalNet(), Map.of("host.nostr", "nostr.bridge.example"));
        bridge.ghost(new NativeId(Network.NOSTR, "ca".repeat(32)), "carol@site.example");
        bridge.ghost(Ghost.botOrigin(Network.NOSTR), "nostr");
    }

    private HttpReply ask(String resource) {
        return bridge.get("/.well-known/webfinger?resource=" + URLEncoder.encode(resource, UTF_8));
    }

    private Jrd found(String resource) {
        HttpReply reply = ask(resource);
        assertThat(reply.status()).as(Router.text(reply)).isEqualTo(200);
        assertThat(reply.headers())
                .containsEntry("content-type", "application/jrd+json")
                .containsEntry("Access-Control-Allow-Origin", "*");
        return Documents.parse(Router.text(reply)).found().flatMap(Jrd::read).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acct:carol.site.example@nostr.bridge.example",
                "acct:Carol.Site.Example@Nostr.Bridge.Example",
                "acct:carol.site.example@ap.bridge.example",
                "carol.site.example@nostr.bridge.example",
                "@carol.site.example@nostr.bridge.example",
                CAROL,
                CAROL + "/",
                "HTTPS://AP.bridge.example/ap/actors/Carol.Site.Example",
                "ACCT:carol.site.example@ap.bridge.example",
            })
    void aPersonIsFoundUnderTheirHandleAndTheirAddress(String resource) {
        Jrd jrd = found(resource);
        assertThat(jrd.subject()).isEqualTo("acct:carol.site.example@nostr.bridge.example");
        assertThat(jrd.self()).contains(CAROL);
        assertThat(jrd.aliases()).contains(CAROL);
    }

    @Test
    void aBotIsFoundUnderTheInstancesOwnHost() {
        assertThat(found("acct:nostr@ap.bridge.example").self()).contains(Bridge.BASE + "/ap/actors/nostr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acct:instance@ap.bridge.example",
                Bridge.BASE,
                Bridge.BASE + "/",
                Bridge.BASE + "/ap/instance",
            })
    void theInstanceActorIsFoundToo(String resource) {
        assertThat(found(resource).self()).contains(Bridge.BASE + "/ap/instance");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acct:nobody@ap.bridge.example",
                "acct:carol.site.example@other.example",
                "https://other.example/users/x",
                "http://ap.bridge.example/ap/actors/carol.site.example",
                "acct:instance@nostr.bridge.example",
                "mailto:carol@site.example",
                Bridge.BASE + "/ap/actors/nobody",
                Bridge.BASE + "/ap/actors/carol.site.example?x",
                Bridge.BASE + "/ap/actors/carol.site.example/followers",
            })
    void whoIsNotHereIsNotFound(String resource) {
        assertThat(ask(resource).status()).isEqualTo(404);
    }

    @Test
    void anAnswerLeadsToDocumentPagePictureAndWhatToDoInstead() {
        var dave = new NativeId(Network.ATPROTO, "did:plc:dave");
        var profile = Profile.builder(dave, "dave.example")
                .displayName("Dave")
                .avatar(Optional.of(URI.create("https://dave.example/me.png")))
                .build();
        bridge.connector.ensureGhost(new GhostRequest(dave, profile));
        Jrd jrd = found("acct:dave.example@ap.bridge.example");
        String actor = Bridge.BASE + "/ap/actors/dave.example";
        assertThat(jrd.links())
                .containsExactly(
                        new Jrd.Link("self", "application/activity+json", actor),
                        new Jrd.Link("http://webfinger.net/rel/profile-page", "text/html", actor),
                        new Jrd.Link("http://webfinger.net/rel/avatar", "", "https://dave.example/me.png"));
        String template = Bridge.BASE + "/ap/subscribe?uri={uri}";
        assertThat(Router.text(ask("acct:dave.example@ap.bridge.example"))).contains("\"template\":\"" + template);
        String page = Router.text(
                bridge.router.get(Bridge.BASE + "/ap/subscribe?uri=" + URLEncoder.encode("<b>", UTF_8), "text/html"));
        assertThat(page).contains("&lt;b&gt;").doesNotContain("<b>");
    }

    @Test
    void oneWhoLeftIsGone() {
        var eve = Speech.of(bridge, new NativeId(Network.ATPROTO, "did:plc:eve"), "eve.example");
        assertThat(ask("acct:eve.example@ap.bridge.example").status()).isEqualTo(200);
        eve.leave();
        assertThat(ask("acct:eve.example@ap.bridge.example").status()).isEqualTo(410);
        assertThat(ask(eve.ghost().value()).status()).isEqualTo(410);
    }

    @Test
    void theInstanceActorIsNamedAsWhatItIs() {
        assertThat(found(Bridge.BASE + "/").links())
                .contains(new Jrd.Link(
                        "https://www.w3.org/ns/activitystreams#Application",
                        "application/activity+json",
                        Bridge.BASE + "/ap/instance"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "acct:nobody",
                "nonsense",
                "mailto:",
                "acct:@host.example",
                "acct:x@",
                "https://",
                "https://u@h/"
            })
    void aQuestionThatIsNoneIsMalformed(String resource) {
        assertThat(ask(resource).status()).isEqualTo(400);
    }

    @Test
    void withoutResourceItIsMalformed() {
        assertThat(bridge.get("/.well-known/webfinger").status()).isEqualTo(400);
    }

    @Test
    void hostMetaPointsHere() {
        HttpReply reply = bridge.get("/.well-known/host-meta");
        assertThat(reply.headers()).containsEntry("content-type", "application/xrd+xml; charset=utf-8");
        assertThat(Router.text(reply))
                .contains("template=\"https://ap.bridge.example/.well-known/webfinger?resource={uri}\"");
    }

    @Test
    void hostMetaIsAlsoServedAsJson() {
        HttpReply reply = bridge.get("/.well-known/host-meta.json");
        assertThat(reply.headers()).containsEntry("content-type", "application/jrd+json");
        assertThat(Router.text(reply))
                .contains("\"template\":\"https://ap.bridge.example/.well-known/webfinger?resource={uri}\"");
    }
}
