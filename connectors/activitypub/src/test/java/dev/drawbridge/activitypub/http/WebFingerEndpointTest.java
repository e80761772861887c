package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Jrd;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.LocalNet;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.testkit.TestMongo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
        return bridge.get("/.well-known/webfinger?resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8));
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
                "acct:carol.site.example@nostr.bridge.example", "acct:Carol.Site.Example@Nostr.Bridge.Example",
                "acct:carol.site.example@ap.bridge.example", "carol.site.example@nostr.bridge.example",
                "@carol.site.example@nostr.bridge.example", CAROL,
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
                Bridge.BASE + "/ap/actors/nobody",
                Bridge.BASE + "/ap/actors/carol.site.example/followers",
            })
    void whoIsNotHereIsNotFound(String resource) {
        assertThat(ask(resource).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "acct:nobody", "nonsense", "mailto:"})
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
}
