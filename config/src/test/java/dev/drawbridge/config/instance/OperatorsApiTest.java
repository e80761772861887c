package dev.drawbridge.config.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.model.port.Operators;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `drawbridge operators`: the way back for who lost every way in.
@Timeout(180)
class OperatorsApiTest extends OperatorScene {
    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + path));
    }

    private HttpResponse<String> form(String path, String body) throws Exception {
        return send(at(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void nobodyIsInvitedWhoIsNotThere() {
        assertThat(typed("operators")).isEqualTo("exit 0\n");
        assertThat(typed("operators", "--invite", "op")).contains("answers 404", "no operator is called so", "exit 1");
    }

    @Test
    void othersAreAddedWithALinkAndRemovedButForTheLast() throws Exception {
        assertThat(typed("operators", "--add", "anna")).contains("answers 409", "exit 1");
        instance.operators().first(new Operators.Operator("op", "$lost", NOON));
        assertThat(typed("operators", "--remove", "op")).contains("answers 409", "they are the last", "exit 1");
        assertThat(typed("operators", "--add", "op")).contains("answers 409");
        assertThat(typed("operators", "--add", "<b>")).contains("answers 409");
        String link = typed("operators", "--add", "anna").lines().findFirst().orElseThrow();
        assertThat(instance.operators().find("anna")).isEmpty();
        String fields = "token=" + link.replaceFirst(".*=", "") + "&password=a+long+enough+password";
        assertThat(form("/console/set-up", fields).statusCode()).isEqualTo(302);
        assertThat(typed("operators")).containsSubsequence("anna, since", "op, since");
        assertThat(typed("operators", "--remove", "op")).contains("does not come in any more: op", "exit 0");
        assertThat(typed("operators", "--remove", "anna")).contains("answers 409");
        assertThat(typed("operators", "--remove", "oidc:sub:nobody"))
                .contains("answers 409", "no provider brought anybody of this name");
        assertThat(typed("operators", "--remove", "anna", "--add", "x")).contains("mutually exclusive");
    }

    @Test
    void withoutTheTokenNothingIsSaid() throws Exception {
        assertThat(send(at("/api/v1/operators")).statusCode()).isEqualTo(401);
        assertThat(send(at("/api/v1/operators/invite").POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"op\"}")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aLinkLetsThemChooseAPasswordOnce() throws Exception {
        instance.operators().first(new Operators.Operator("op", "$lost", NOON));
        assertThat(typed("operators")).contains("op, since " + NOON + ": a password, 0 passkeys", "exit 0");
        String link = typed("operators", "--invite", "op").lines().findFirst().orElseThrow();
        assertThat(link).startsWith(instance.baseUrl() + "/console/set-up?token=");
        String fields = "token=" + link.replaceFirst(".*=", "") + "&password=a+long+enough+password";
        assertThat(form("/console/set-up", fields).statusCode()).isEqualTo(302);
        assertThat(form("/console/set-up", fields).statusCode()).isEqualTo(403);
        assertThat(form("/console/sign-in", "name=op&password=a+long+enough+password")
                        .headers()
                        .firstValue("location"))
                .contains("/console");
    }
}
