package dev.drawbridge.activitypub.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.activitypub.ActivityPubFactory;
import dev.drawbridge.activitypub.object.signature.CavageSignature;
import dev.drawbridge.activitypub.object.signature.MessageSignature;
import dev.drawbridge.activitypub.support.Bridge;
import dev.drawbridge.activitypub.support.InboxFixture;
import dev.drawbridge.activitypub.support.RemoteServer;
import dev.drawbridge.activitypub.support.Router;
import dev.drawbridge.activitypub.wire.DeniedDomains;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.ConnectorFactory;
import dev.drawbridge.model.spi.ConnectorSettings;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.InstanceInfo;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may read, with authorised fetch and without, and whom we have nothing to do with.
class AdmissionTest extends InboxFixture {
    private static final NativeId CAROL = new NativeId(Network.NOSTR, "ca".repeat(32));
    private String ghost = "";

    @BeforeEach
    void giveCarolAGhost() {
        ghost = bridge.ghost(CAROL, "carol@site.example").value();
    }

    private void configured(Map<String, String> settings) {
        bridge = new Bridge(database, net, settings);
        bridge.people.add(ap(ALICE.actor()));
        // Keys live in memory; the actor is in the store.
        ghost = bridge.ghost(new NativeId(Network.NOSTR, "cb".repeat(32)), "dave@site.example")
                .value();
        net.requests.clear();
    }

    private HttpReply get(RemoteServer reader, String uri, boolean rfc9421) {
        var headers = new HashMap<String, List<String>>();
        URI address = URI.create(uri);
        var signed = rfc9421
                ? MessageSignature.sign(
                        "GET", address, "", new byte[0], reader.keyId(), bridge.clock.instant(), reader::sign)
                : CavageSignature.sign(
                        "GET", address, "", new byte[0], reader.keyId(), bridge.clock.instant(), reader::sign);
        signed.forEach((n, v) -> headers.put(n.toLowerCase(Locale.ROOT), List.of(v)));
        headers.put("accept", List.of("application/activity+json"));
        return bridge.router.call("GET", address, headers, new byte[0]);
    }

    private HttpReply unsigned(String uri, String accept) {
        return bridge.router.get(uri, accept);
    }

    private static void notForCaches(HttpReply reply) {
        assertThat(reply.headers()).containsEntry("Cache-Control", "private, no-store");
        assertThat(reply.headers().get("Vary")).contains("Signature");
    }

    @Test
    void withoutAuthorisedFetchEverybodyReads() {
        assertThat(unsigned(ghost, "application/activity+json").status()).isEqualTo(200);
        assertThat(get(MALLORY, ghost, false).status()).isEqualTo(200);
        assertThat(net.requests).as("nobody's key is asked for").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/outbox", "/outbox?page=true", "/followers", "/following", "/featured"})
    void withAuthorisedFetchOnlyThoseWhoSignRead(String path) {
        configured(Map.of("authorized-fetch", "true"));
        var refused = unsigned(ghost + path, "application/activity+json");
        assertThat(refused.status()).isEqualTo(401);
        notForCaches(refused);
        for (boolean rfc9421 : List.of(false, true)) {
            var read = get(ALICE, ghost + path, rfc9421);
            assertThat(read.status()).isEqualTo(200);
            notForCaches(read);
        }
    }

    @Test
    void aSignatureThatDoesNotFitReadsNothing() {
        configured(Map.of("authorized-fetch", "true"));
        assertThat(get(new RemoteServer("social.example", "alice"), ghost, false)
                        .status())
                .isEqualTo(401);
        var headers = new HashMap<String, List<String>>();
        CavageSignature.sign(
                        "GET",
                        URI.create("https://other.example/"),
                        "",
                        new byte[0],
                        ALICE.keyId(),
                        bridge.clock.instant(),
                        ALICE::sign)
                .forEach((n, v) -> headers.put(n.toLowerCase(Locale.ROOT), List.of(v)));
        assertThat(bridge.router
                        .call("GET", URI.create(ghost), headers, new byte[0])
                        .status())
                .isEqualTo(401);
        net.fail(MALLORY.actor(), Failure.TIMEOUT);
        assertThat(get(MALLORY, ghost, false).status()).isEqualTo(401);
    }

    @Test
    void aChangedKeyReadsToo() {
        configured(Map.of("authorized-fetch", "true"));
        assertThat(get(ALICE, ghost, false).status()).isEqualTo(200);
        var renewed = new RemoteServer("social.example", "alice").on(net);
        assertThat(get(renewed, ghost, false).status()).as("asked for just now").isEqualTo(401);
        bridge.clock.advance(Duration.ofMinutes(2));
        assertThat(get(renewed, ghost, false).status()).isEqualTo(200);
    }

    @Test
    void whatOthersNeedToTrustUsStaysOpen() {
        configured(Map.of("authorized-fetch", "true", "denied-domains", "evil.example"));
        for (String path : List.of("/ap/instance", "/ap/instance/outbox", "/.well-known/nodeinfo")) {
            assertThat(unsigned(Bridge.BASE + path, "application/activity+json").status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(get(MALLORY, Bridge.BASE + "/ap/instance", false).status()).isEqualTo(200);
    }

    @Test
    void peopleSeeThePageAndNoMore() {
        configured(Map.of("authorized-fetch", "true"));
        var page = unsigned(ghost, "text/html");
        assertThat(page.status()).isIn(200, 303);
        assertThat(unsigned(ghost + "/outbox", "text/html").status()).isEqualTo(401);
    }

    @Test
    void deniedDomainsReadNothing() {
        configured(Map.of("denied-domains", "evil.example, other.example"));
        var refused = get(MALLORY, ghost, false);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(Router.text(refused)).doesNotContain(ghost);
        notForCaches(refused);
        assertThat(get(new RemoteServer("sub.evil.example", "eve"), ghost, true).status())
                .isEqualTo(403);
        assertThat(get(ALICE, ghost, false).status()).isEqualTo(200);
        assertThat(net.requests).as("a denied domain is not even asked").isEmpty();
    }

    @Test
    void deniedDomainsWriteNothing() {
        configured(Map.of("denied-domains", "evil.example"));
        String follow = MALLORY.activity("Follow", "\"" + ghost + "\"");
        refused(post(MALLORY, follow), 403);
        assertThat(post(ALICE, ALICE.create(1, "hi")).status()).isEqualTo(202);
        bridge.received.clear();
        refused(post(ALICE, MALLORY.create(1, "passed on")), 403);
        assertThat(net.asked(MALLORY.actor())).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/a, true",
        "https://EVIL.example:8443/a#k, true",
        "https://a.b.evil.example/a, true",
        "https://evil.example./a, true",
        "https://notevil.example/a, false",
        "https://evil.example.org/a, false",
        "https://example/a, false",
        "acct:a@evil.example, false",
    })
    void aDomainIsDeniedWithEverythingBelowIt(String id, boolean denied) {
        assertThat(DeniedDomains.of(List.of(" Evil.example ", "")).contain(id)).isEqualTo(denied);
    }

    @Test
    void slipsInTheseSettingsAreNamed() {
        var instance = new InstanceInfo(URI.create(Bridge.BASE), "bridge.example", "drawbridge", "1", "", false);
        assertThat(new ActivityPubFactory()
                        .check(
                                new ConnectorSettings(Map.of(
                                        "authorized-fetch",
                                        "yes",
                                        "denied-domains",
                                        "ok.example, https://evil.example")),
                                instance))
                .extracting(ConnectorFactory.SettingError::key)
                .containsExactly("drawbridge.activitypub.authorized-fetch", "drawbridge.activitypub.denied-domains");
    }
}
