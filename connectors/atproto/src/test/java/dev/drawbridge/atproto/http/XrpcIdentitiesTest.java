package dev.drawbridge.atproto.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Names of ours, and what procedures take.
class XrpcIdentitiesTest extends XrpcFixture {
    XrpcIdentitiesTest(MongoDatabase database) {
        super(database);
    }

    @Test
    void namesOfOursAreResolvedBothWays() {
        JsonNode document =
                get("/xrpc/com.atproto.identity.resolveDid?did=" + alice).json();
        assertThat(document.path("didDoc").path("id").asString()).isEqualTo(alice.value());
        for (String name : List.of(alice.value(), "alice.bridge.test")) {
            JsonNode asked = get("/xrpc/com.atproto.identity.resolveIdentity?identifier=" + name)
                    .json();
            JsonNode refreshed = post(
                            "com.atproto.identity.refreshIdentity",
                            "application/json; charset=utf-8",
                            "{\"identifier\":\"" + name + "\"}")
                    .json();
            assertThat(refreshed).isEqualTo(asked);
            assertThat(asked.path("did").asString()).isEqualTo(alice.value());
            assertThat(asked.path("handle").asString()).isEqualTo("alice.bridge.test");
            assertThat(asked.path("didDoc")).isEqualTo(document.path("didDoc"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {}          | Input/identifier must be a valid did or a handle",
                "application/json | {\"identifier\":5} | Input/identifier must be a valid did or a handle",
                "application/json | [1]         | Input must be an object in JSON",
                "application/json | {\"a\":     | Input must be an object in JSON",
                "application/json | ''          | A request body is expected but none was provided",
                "text/plain       | {}          | Wrong request encoding (Content-Type): text/plain",
                "''               | {}          | Request encoding (Content-Type) required but not provided",
            })
    void aBodyThatIsNotWhatAProcedureTakesIsRefusedInTheReferencesWords(String type, String body, String message) {
        Reply reply = post("com.atproto.identity.refreshIdentity", type, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isEqualTo("InvalidRequest");
        assertThat(reply.json().path("message").asString()).isEqualTo(message);
    }

    @Test
    void handlesOfOursAreConfirmedByHostAndByName() {
        assertThat(get("/xrpc/com.atproto.identity.resolveHandle?handle=alice.bridge.test")
                        .json())
                .hasToString("{\"did\":\"" + alice + "\"}");
        Reply known = call("GET", "https://alice.bridge.test/.well-known/atproto-did");
        assertThat(known.text()).isEqualTo(alice.value());
        assertThat(known.headers().get("content-type")).startsWith("text/plain");
        assertThat(call("GET", "https://nobody.bridge.test/.well-known/atproto-did")
                        .status())
                .isEqualTo(404);
        assertThat(call("GET", "https://elsewhere.test/.well-known/atproto-did").status())
                .isEqualTo(-1);
    }
}
