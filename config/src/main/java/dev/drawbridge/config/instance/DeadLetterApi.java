package dev.drawbridge.config.instance;

import dev.drawbridge.engine.DeadLetterDesk;
import dev.drawbridge.model.port.DeadLetters.DeadLetter;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The part of [OperatorApi] about what was given up: look, try again, throw away.
final class DeadLetterApi {
    private static final String LIST = OperatorApi.BASE + "/dead-letters";
    private static final String ONE = OperatorApi.BASE + "/dead-letter";
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int LONGEST = 10_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final DeadLetterDesk desk;

    DeadLetterApi(DeadLetterDesk desk) {
        this.desk = desk;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        return List.of(
                Endpoint.Http.get(LIST, token.guard(this::list)),
                Endpoint.Http.get(ONE, token.guard(this::one)),
                Endpoint.Http.post(ONE + "/replay", LONGEST, token.guard(call -> decide(call, desk::replay))),
                Endpoint.Http.post(ONE + "/drop", LONGEST, token.guard(call -> decide(call, desk::drop))));
    }

    /// The newest first, without what is in them.
    private HttpReply list(HttpCall call) {
        String limit = call.query("limit").orElse(Integer.toString(USUAL));
        if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            return OperatorApi.wrong("limit is a number from 1 to " + MOST);
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode letters = answer.putArray("letters");
        desk.newest(Integer.parseInt(limit)).forEach(letter -> letters.add(letter(letter)));
        return OperatorApi.answer(200, answer);
    }

    private HttpReply one(HttpCall call) {
        return call.query("id")
                .flatMap(desk::find)
                .map(letter -> OperatorApi.answer(200, letter(letter).put("body", letter.body())))
                .orElseGet(DeadLetterApi::nothing);
    }

    private static ObjectNode letter(DeadLetter letter) {
        return JSON.createObjectNode()
                .put("id", letter.id())
                .put("stage", letter.stage().name())
                .put("destination", letter.destination())
                .put("reason", letter.reason())
                .put("at", letter.at().toString());
    }

    /// `{"id": …}`.
    private static HttpReply decide(HttpCall call, Function<String, DeadLetterDesk.Outcome> wish) {
        Optional<String> id = id(call);
        if (id.isEmpty()) {
            return OperatorApi.wrong("the body is {\"id\": …}");
        }
        return switch (wish.apply(id.get())) {
            case DONE -> OperatorApi.answer(200, JSON.createObjectNode().put("id", id.get()));
            case NOT_THERE -> nothing();
            case HOPELESS ->
                OperatorApi.answer(409, JSON.createObjectNode().put("error", "it cannot be tried again, only dropped"));
            case NOT_NOW ->
                OperatorApi.answer(
                        503, JSON.createObjectNode().put("error", "it cannot be tried again now, and stays"));
        };
    }

    private static Optional<String> id(HttpCall call) {
        try {
            return Optional.of(JSON.readTree(new String(call.body(), StandardCharsets.UTF_8))
                            .path("id")
                            .asString(""))
                    .filter(id -> !id.isBlank());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static HttpReply nothing() {
        return OperatorApi.answer(404, JSON.createObjectNode().put("error", "there is no such dead letter"));
    }
}
