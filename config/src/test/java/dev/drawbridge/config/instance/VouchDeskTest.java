package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The operator vouches for people, over `/api/v1` and on the command line.
@Timeout(180)
class VouchDeskTest extends OperatorScene {
    private static final NativeId OPERATOR = new NativeId(Network.BRIDGE, "operator");
    private static final String BODY = "{\"network\": \"dove\", \"id\": \"newcomer\", \"vouched\": true}";

    private long vouched() {
        return instance.ports().follows().followerCount(OPERATOR, Network.BRIDGE);
    }

    @Test
    void theOperatorVouchesForSomebodyWhoNeverSaidAnythingAndTakesItBack() throws Exception {
        assertThat(post(OperatorToken.read(data), BODY)).isEqualTo(200);
        assertThat(post(OperatorToken.read(data), BODY)).isEqualTo(200);
        assertThat(vouched()).isEqualTo(1);
        assertThat(post(OperatorToken.read(data), BODY.replace("true", "false")))
                .isEqualTo(200);
        assertThat(vouched()).isZero();
        assertThat(typed("accounts", "vouch", "dove", "newcomer")).isEqualTo("exit 0\n");
        assertThat(vouched()).isEqualTo(1);
        assertThat(typed("accounts", "show", "dove", "newcomer")).contains("\"vouched\"", "true");
        assertThat(typed("accounts", "unvouch", "dove", "newcomer")).isEqualTo("exit 0\n");
        assertThat(typed("accounts", "show", "dove", "newcomer")).contains("answers 404");
        assertThat(vouched()).isZero();
    }

    @Test
    void whatCannotBeReadChangesNothing() throws Exception {
        assertThat(post("0", BODY)).isEqualTo(401);
        for (String wrong : List.of(
                "{",
                "[]",
                BODY.replace("dove", "myspace"),
                BODY.replace("newcomer", " "),
                BODY.replace("newcomer", "a name\\nand another"),
                BODY.replace("true", "1"),
                BODY.replace("\"vouched\"", "\"vouch\""))) {
            assertThat(post(OperatorToken.read(data), wrong)).as(wrong).isEqualTo(400);
        }
        assertThat(typed("accounts", "vouch", "myspace", "newcomer")).contains("network is one of", "exit 1");
        assertThat(vouched()).isZero();
    }

    private int post(String token, String body) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + instance.port() + "/api/v1/account/vouch"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
