package dev.drawbridge.atproto.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a host does not say is not taken for a no.
class HostClientTest {
    private static final URI PDS = URI.create("https://pds.test");
    private static final Did BOB = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    private static final RepoPath POST = RepoPath.parse("app.bsky.feed.post/a");
    private static final String PROOF = "GET https://pds.test/xrpc/com.atproto.sync.getRecord?did="
            + "did%3Aplc%3Abbbbbbbbbbbbbbbbbbbbbbbb&collection=app.bsky.feed.post&rkey=a";
    private static final String STATUS =
            "GET https://pds.test/xrpc/com.atproto.sync.getRepoStatus?did=" + "did%3Aplc%3Abbbbbbbbbbbbbbbbbbbbbbbb";
    private final FakeWeb web = new FakeWeb();
    private final HostClient hosts = new HostClient(web);

    private static String error(String name) {
        return "{\"error\":\"" + name + "\",\"message\":\"no\"}";
    }

    @ParameterizedTest
    @CsvSource({"400, RecordNotFound", "400, RepoNotFound", "404, RecordNotFound", "404, x"})
    void aRecordIsNotThereIfTheHostSaysSo(int status, String name) {
        web.has(PROOF, status, error(name));
        assertThat(hosts.proof(PDS, BOB, POST)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, RepoDeactivated",
        "400, RepoSuspended",
        "400, RepoTakendown",
        "400, InvalidRequest",
        "401, AuthenticationRequired",
        "403, x",
        "302, x",
        "204, x",
        "503, x"
    })
    void nobodyKnowsWhetherARecordIsThereIfTheHostDoesNotSay(int status, String name) {
        web.has(PROOF, status, error(name));
        assertThatThrownBy(() -> hosts.proof(PDS, BOB, POST)).isInstanceOf(Unavailable.class);
    }

    @Test
    void whatIsLoggedOfAFailureHoldsNoQueryAndNoSecret() {
        web.has(STATUS, 503, "");
        assertThatThrownBy(() -> hosts.serves(PDS, BOB))
                .hasMessage("https://pds.test/xrpc/com.atproto.sync.getRepoStatus answers 503");
        web.fails(STATUS, Failure.TIMEOUT);
        assertThatThrownBy(() -> hosts.serves(PDS, BOB))
                .hasMessage("https://pds.test/xrpc/com.atproto.sync.getRepoStatus: TIMEOUT");
        URI secret = URI.create("https://nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5.test");
        web.fails(STATUS.replace("pds.test", secret.getHost()), Failure.TIMEOUT);
        assertThatThrownBy(() -> hosts.serves(secret, BOB)).hasMessage("https://…: TIMEOUT");
    }

    @Test
    void anAccountIsGoneIfItsHostSaysSo() {
        web.has(STATUS, 400, error("RepoNotFound"));
        assertThat(hosts.serves(PDS, BOB)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidRequest", "404, MethodNotFound", "403, x", "302, x", "503, x"})
    void anAccountIsNotGoneBecauseItsHostDoesNotSay(int status, String name) {
        web.has(STATUS, status, error(name));
        assertThatThrownBy(() -> hosts.serves(PDS, BOB)).isInstanceOf(Unavailable.class);
    }
}
