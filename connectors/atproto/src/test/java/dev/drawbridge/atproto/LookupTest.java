package dev.drawbridge.atproto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.port.OutboundHttp.Failure;
import dev.drawbridge.model.spi.UnavailableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What nobody can tell now is not what is not there.
class LookupTest extends AtprotoConnectorFixture {
    private static final Did BOB = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    private static final NativeId ID = new NativeId(Network.ATPROTO, BOB.value());
    private static final String HOST = "GET https://pds.test/xrpc/com.atproto.";
    private static final String AT =
            HOST + "repo.getRecord?repo=did%3Aplc%3A" + BOB.identifier() + "&collection=%s&rkey=self";
    private static final String PROFILE = AT.replace("%s", "app.bsky.actor.profile");
    private static final String INTENTS = AT.replace("%s", "org.user-intents.declaration");
    private static final String NONE = "{\"error\":\"RecordNotFound\",\"message\":\"Could not locate record\"}";

    LookupTest(MongoDatabase database) {
        super(database);
    }

    @BeforeEach
    void bobIsHosted() {
        web.web.has("GET " + PLC + BOB, 200, """
            {"id":"%s","alsoKnownAs":["at://bob.org"],"service":[{"id":"#atproto_pds",
            "type":"AtprotoPersonalDataServer","serviceEndpoint":"https://pds.test"}]}\
            """.formatted(BOB));
        shows("I write.");
    }

    private void shows(String description) {
        web.web.has(PROFILE, 200, """
            {"uri":"at://%s/app.bsky.actor.profile/self",
            "cid":"bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq",
            "value":{"$type":"app.bsky.actor.profile","displayName":"Bob","description":"%s"}}\
            """.formatted(BOB, description));
    }

    private Profile profile() {
        return connector.profile(ID).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | {}",
                "500 | {}",
                "503 | {}",
                "403 | {}",
                "400 | {\"error\":\"InvalidRequest\"}",
                "400 | {\"error\":\"RepoDeactivated\"}",
                "200 | <html>",
                "200 | {\"uri\":\"at://did:plc:cccccccccccccccccccccccc/app.bsky.actor.profile/self\"}"
            })
    void aProfileOrDeclarationThatNobodyCanTellIsNotNone(int status, String body) {
        web.web.has(INTENTS, status, body);
        assertThatThrownBy(this::profile).isInstanceOf(UnavailableException.class);
        web.web.has(INTENTS, 400, NONE);
        assertThat(profile().refusesBridging()).isFalse();
        web.web.has(PROFILE, status, body);
        assertThatThrownBy(this::profile).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aHostThatDoesNotAnswerDoesNotSayThatNothingIsDeclared() {
        web.web.fails(INTENTS, Failure.TIMEOUT);
        assertThatThrownBy(this::profile).isInstanceOf(UnavailableException.class);
    }

    @Test
    void whoSaysThatThereIsNoneIsBelieved() {
        web.web.has(INTENTS, 404, "");
        assertThat(profile().displayName()).isEqualTo("Bob");
        assertThat(profile().refusesBridging()).isFalse();
        web.web.has(INTENTS, 400, NONE).has(PROFILE, 400, NONE);
        assertThat(profile().displayName()).isEmpty();
        assertThat(profile().refusesBridging()).isFalse();
    }

    @Test
    void wordsThatRefuseAreEnoughWhereTheDeclarationCannotBeRead() {
        shows("I write. #nobridge");
        web.web.fails(INTENTS, Failure.TIMEOUT);
        assertThat(profile().refusesBridging()).isTrue();
    }

    @Test
    void aPostThatNobodyCanTellOfIsNotGone() {
        NativeId post = new NativeId(Network.ATPROTO, "at://" + BOB + "/app.bsky.feed.post/a");
        String proof =
                HOST + "sync.getRecord?did=did%3Aplc%3A" + BOB.identifier() + "&collection=app.bsky.feed.post&rkey=a";
        web.web.has(proof, 503, "");
        assertThatThrownBy(() -> connector.fetch(post)).isInstanceOf(UnavailableException.class);
        web.web.fails(proof, Failure.UNREACHABLE);
        assertThatThrownBy(() -> connector.fetch(post)).isInstanceOf(UnavailableException.class);
        web.web.has(proof, 400, NONE);
        assertThat(connector.fetch(post)).isEmpty();
    }
}
