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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rules, made and ended over `/api/v1` and on the command line.
@Timeout(180)
class RuleDeskTest extends OperatorScene {
    private static final NativeId AMAL = new NativeId(DOVE, "amal");

    @Override
    Map<String, String> settings() {
        return Map.of("drawbridge.gates.denied", "settled.example");
    }

    @BeforeEach
    void seed() {
        instance.ports().consents().put(new Consent(AMAL, PIGEON, Consent.State.GIVEN, "followed the bot", NOON));
    }

    @Test
    void aRuleIsMadeChangedListedAndEnded() throws Exception {
        assertThat(typed("rules")).isEqualTo("exit 0\n");
        assertThat(typed("rules", "add", "domain", "*.Spam.example", "freeze", "--reason", "a wave"))
                .isEqualTo("freeze domain spam.example: a wave\nexit 0\n");
        assertThat(typed("rules", "add", "domain", "spam.example", "deny", "--reason", "spam", "--days", "30"))
                .contains("deny domain spam.example until 20")
                .contains(": spam\nexit 0\n");
        assertThat(typed("rules", "list"))
                .contains("deny domain spam.example until")
                .contains("exit 0");
        assertThat(page("/status")).contains("settled.example", "spam.example", ": spam");
        assertThat(page("/api/v1/status")).contains("[\"settled.example\",\"spam.example\"]");
        assertThat(typed("rules", "remove", "domain", "SPAM.example")).isEqualTo("exit 0\n");
        assertThat(typed("rules", "remove", "domain", "spam.example")).contains("no such rule", "exit 1");
        assertThat(typed("rules")).isEqualTo("exit 0\n");
    }

    @Test
    void manyRulesAreListedPageByPage() throws Exception {
        for (String word : List.of("a", "b", "c")) {
            assertThat(typed("rules", "add", "word", word, "deny", "--reason", "x"))
                    .contains("exit 0");
        }
        String first =
                send(OperatorToken.read(data), "/api/v1/rules?limit=2", "").body();
        assertThat(first).contains("\"value\":\"a\"", "\"value\":\"b\"", "\"after\":\"operator word b\"");
        String second = send(OperatorToken.read(data), "/api/v1/rules?limit=2&after=operator%20word%20b", "")
                .body();
        assertThat(second).contains("\"value\":\"c\"").doesNotContain("\"value\":\"b\"", "after");
    }

    @Test
    void whatIsWrongIsSaidAndChangesNothing() throws Exception {
        assertThat(typed("rules", "add", "planet", "x", "deny", "--reason", "x"))
                .contains("kind is domain, actor, word or media", "exit 1");
        assertThat(typed("rules", "add", "domain", "a b", "deny", "--reason", "x"))
                .contains("not a domain: a b", "exit 1");
        assertThat(typed("rules", "add", "domain", "a.example", "burn", "--reason", "x"))
                .contains("effect is allow, freeze, hide or deny", "exit 1");
        assertThat(typed("rules", "add", "domain", "a.example", "deny", "--reason", " "))
                .contains("a rule has a reason", "exit 1");
        assertThat(typed("rules", "add", "domain", "a.example", "deny")).contains("--reason", "exit 2");
        assertThat(typed("rules", "add", "word", "x", "hide", "--reason", "x"))
                .contains("words and files are denied or allowed", "exit 1");
        assertThat(typed("rules", "subscribe", "https://lists.example/a.csv")).contains("no network", "exit 1");
        assertThat(typed("rules", "unsubscribe", "https://lists.example/a.csv")).contains("do not follow", "exit 1");
        Path list = Files.writeString(data.resolve("list.csv"), "spam.example\n");
        assertThat(typed("rules", "import", list.toString(), "--reason", "x")).contains("no network", "exit 1");
        assertThat(typed("rules", "import", data.resolve("gone.csv").toString(), "--reason", "x"))
                .contains("cannot be read", "exit 2");
        String token = OperatorToken.read(data);
        assertThat(send(token, "/api/v1/rule", "{").statusCode()).isEqualTo(400);
        assertThat(send(
                                token,
                                "/api/v1/rule",
                                "{\"kind\":\"word\",\"value\":\"x\",\"effect\":\"deny\",\"reason\":\"x\","
                                        + "\"until\":\"soon\"}")
                        .body())
                .contains("until is a time");
        assertThat(send(token, "/api/v1/rules?limit=0", "").statusCode()).isEqualTo(400);
        for (String path : List.of("/api/v1/rule", "/api/v1/rule/remove", "/api/v1/rules/import")) {
            assertThat(send("0", path, "{}").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(typed("rules")).isEqualTo("exit 0\n");
    }

    @Test
    void anAppealThatIsDismissedIsDecided() {
        instance.ports()
                .complaints()
                .heard(new Complaint(
                        "appeal:1", DOVE, AMAL, Optional.empty(), "it was not me", NOON, NOON, State.OPEN, ""));
        assertThat(typed("reports")).contains("appeal:1 open", "it was not me");
        assertThat(typed("reports", "--dismiss", "appeal:1", "--reason", "it was"))
                .contains("exit 0");
        assertThat(instance.ports().complaints().find("appeal:1").orElseThrow().state())
                .isEqualTo(State.DISMISSED);
        assertThat(instance.ports().consents().find(AMAL, PIGEON).orElseThrow().given())
                .isTrue();
    }

    private String page(String path) throws Exception {
        return send("0", path, "").body();
    }

    private HttpResponse<String> send(String token, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + path))
                .header("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
