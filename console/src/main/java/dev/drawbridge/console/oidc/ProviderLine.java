package dev.drawbridge.console.oidc;

import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundHttp.Request;
import dev.drawbridge.model.spi.HttpForm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is asked of a provider. No redirect is followed: whoever it named is asked, or nobody.
final class ProviderLine {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long MOST = 300_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OutboundHttp http;

    ProviderLine(OutboundHttp http) {
        this.http = http;
    }

    /// @throws Refusal if there is no object of JSON
    JsonNode get(URI uri, Map<String, String> headers) {
        return ask(new Request("GET", uri, accepting(headers), new byte[0], MOST, PATIENCE, 0));
    }

    /// @throws Refusal if there is no object of JSON
    JsonNode post(URI uri, Map<String, String> headers, Map<String, String> form) {
        Map<String, String> all = accepting(headers);
        all.put("content-type", HttpForm.TYPE);
        byte[] body = HttpForm.encode(form).getBytes(StandardCharsets.UTF_8);
        return ask(new Request("POST", uri, all, body, MOST, PATIENCE, 0));
    }

    private static Map<String, String> accepting(Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.put("accept", "application/json");
        return all;
    }

    private JsonNode ask(Request request) {
        try {
            Answer answer = http.send(request);
            if (answer.status() == 200) {
                JsonNode said = JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
                if (said.isObject()) {
                    return said;
                }
            }
            // To what it is told a provider says no with these (RFC 6749 §5.2); to what it is asked for, never.
            boolean no = request.method().equals("POST") && (answer.status() == 400 || answer.status() == 401);
            throw new Refusal(
                    no ? Refusal.Why.WRONG : Refusal.Why.AWAY,
                    request.uri() + " answers " + answer.status() + error(answer));
        } catch (OutboundException e) {
            throw new Refusal(Refusal.Why.AWAY, request.uri() + ": " + e.getMessage());
        } catch (JacksonException e) {
            throw new Refusal(Refusal.Why.AWAY, request.uri() + " answers with no JSON");
        }
    }

    /// The word for it of [RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2); nothing else of what is
    /// said goes into a log.
    private static String error(Answer answer) {
        try {
            String word = JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8))
                    .path("error")
                    .asString("");
            return word.matches("[a-z_]{1,60}") ? ", " + word : "";
        } catch (JacksonException e) {
            return "";
        }
    }
}
