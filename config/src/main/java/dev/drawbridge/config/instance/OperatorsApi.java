package dev.drawbridge.config.instance;

import dev.drawbridge.console.OperatorDoor;
import dev.drawbridge.model.port.Operators.Operator;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The part of [OperatorApi] about who may come into the console: who they are, and a link for who lost every way in.
/// Who can read the data folder may do anything there, so this opens no door that is not open.
final class OperatorsApi {
    private static final String LIST = OperatorApi.BASE + "/operators";
    /// As the audit names whoever asked with the token: no operator is called so.
    private static final String BY = "(shell)";
    private static final String BODY = "the body is {\"name\": …}";
    private static final int LONGEST = 1_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final OperatorDoor door;

    OperatorsApi(OperatorDoor door) {
        this.door = door;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        return List.of(
                Endpoint.Http.get(LIST, token.guard(_ -> list())),
                Endpoint.Http.post(LIST + "/invite", LONGEST, token.guard(this::invite)),
                Endpoint.Http.post(LIST + "/add", LONGEST, token.guard(this::add)),
                Endpoint.Http.post(LIST + "/remove", LONGEST, token.guard(this::remove)));
    }

    private HttpReply list() {
        ObjectNode answer = JSON.createObjectNode();
        var operators = answer.putArray("operators");
        door.operators().forEach(operator -> operators.add(operator(operator)));
        return OperatorApi.answer(200, answer);
    }

    private static ObjectNode operator(Operator operator) {
        return JSON.createObjectNode()
                .put("name", operator.name())
                .put("since", operator.since().toString())
                .put("passkeys", operator.passkeys().size())
                .put("password", !operator.passwordOff());
    }

    private HttpReply invite(HttpCall call) {
        return link(call, name -> door.invite(name, BY), 404, "no operator is called so");
    }

    private HttpReply add(HttpCall call) {
        return link(
                call,
                name -> door.welcome(name, BY),
                409,
                "somebody is called so, nobody can be, or there is no first");
    }

    /// `{"name": …}`.
    private static HttpReply link(HttpCall call, Function<String, Optional<URI>> links, int otherwise, String problem) {
        Optional<String> name = name(call);
        if (name.isEmpty()) {
            return OperatorApi.wrong(BODY);
        }
        return links.apply(name.get())
                .map(link -> OperatorApi.answer(
                        200, JSON.createObjectNode().put("name", name.get()).put("link", link.toString())))
                .orElseGet(() ->
                        OperatorApi.answer(otherwise, JSON.createObjectNode().put("error", problem)));
    }

    /// `{"name": …}`.
    private HttpReply remove(HttpCall call) {
        Optional<String> name = name(call);
        if (name.isEmpty()) {
            return OperatorApi.wrong(BODY);
        }
        return switch (door.remove(name.get(), BY)) {
            case REMOVED -> removed(name.get(), true);
            case SIGNED_OUT -> removed(name.get(), false);
            case NOT_BROUGHT -> notRemoved("no provider brought anybody of this name within twelve hours");
            case NOBODY -> notRemoved("nobody is called so, or they are the last");
        };
    }

    private static HttpReply notRemoved(String why) {
        return OperatorApi.answer(409, JSON.createObjectNode().put("error", why));
    }

    private static HttpReply removed(String name, boolean gone) {
        return OperatorApi.answer(200, JSON.createObjectNode().put("name", name).put("removed", gone));
    }

    private static Optional<String> name(HttpCall call) {
        try {
            return Optional.of(JSON.readTree(new String(call.body(), StandardCharsets.UTF_8))
                            .path("name")
                            .asString(""))
                    .filter(name -> !name.isBlank());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
