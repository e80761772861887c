package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Complaints.Complaint;
import dev.drawbridge.model.port.Complaints.State;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people complain about, read and decided over `/api/v1` and on the command line.
class ReportDeskTest extends OperatorScene {
    private static final NativeId AMAL = new NativeId(DOVE, "amal");

    @BeforeEach
    void seed() {
        instance.ports().consents().put(new Consent(AMAL, PIGEON, Consent.State.GIVEN, "followed the bot", NOON));
        instance.ports()
                .complaints()
                .heard(new Complaint(
                        "report:1",
                        PIGEON,
                        AMAL,
                        Optional.of(new NativeId(DOVE, "post-1")),
                        "it is spam",
                        NOON,
                        NOON,
                        State.OPEN,
                        ""));
    }

    @Test
    void whatPeopleComplainAboutIsListed() throws Exception {
        assertThat(typed("reports"))
                .contains("report:1 open\n    dove amal, post-1\n    from pigeon, 2026-03-01T12:00:00Z: it is spam\n")
                .contains("exit 0");
        assertThat(post("0", "report:1", "dismiss", "x")).isEqualTo(401);
        for (String path : List.of("/api/v1/reports?limit=0", "/api/v1/reports?state=old")) {
            assertThat(ask(path)).as(path).isEqualTo(400);
        }
    }

    @Test
    void aDismissedOneIsOutOfTheWay() {
        assertThat(typed("reports", "--dismiss", "report:1", "--reason", "satire"))
                .contains("exit 0");
        assertThat(typed("reports")).isEqualTo("exit 0\n");
        assertThat(typed("reports", "--all")).contains("report:1 dismissed: satire");
        assertThat(how()).isEqualTo("followed the bot");
    }

    @Test
    void whoIsRemovedIsNotCarriedAnyMore() {
        assertThat(typed("reports", "--remove", "report:1", "--reason", "spam")).contains("exit 0");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> how().equals("removed by the operator: spam"));
        assertThat(typed("reports", "--all")).contains("report:1 removed: spam");
    }

    @Test
    void aDecisionThatCannotBeReadChangesNothing() throws Exception {
        String token = OperatorToken.read(data);
        assertThat(post(token, "report:1", "burn", "x")).isEqualTo(400);
        assertThat(post(token, "report:1", "remove", "")).isEqualTo(400);
        assertThat(post(token, "report:2", "remove", "x")).isEqualTo(404);
        assertThat(typed("reports", "--dismiss", "report:1")).contains("answers 400", "exit 1");
        assertThat(typed("reports", "--dismiss", "report:1", "--remove", "report:1"))
                .contains("two decisions", "exit 2");
        assertThat(instance.ports().complaints().find("report:1").orElseThrow().state())
                .isEqualTo(State.OPEN);
        assertThat(how()).isEqualTo("followed the bot");
    }

    private String how() {
        return instance.ports().consents().find(AMAL, PIGEON).orElseThrow().how();
    }

    private int ask(String path) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + path)),
                OperatorToken.read(data));
    }

    private int post(String token, String id, String decision, String reason) throws Exception {
        String body = "{\"id\":\"" + id + "\",\"decision\":\"" + decision + "\",\"reason\":\"" + reason + "\"}";
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + "/api/v1/report/decide"))
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                token);
    }

    private static int send(HttpRequest.Builder request, String token) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            request.header("Authorization", "Bearer " + token).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
