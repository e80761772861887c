package dev.drawbridge.config.instance;

import dev.drawbridge.engine.Connectors;
import dev.drawbridge.model.Ghost;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The part of [OperatorApi] where stand-ins get another signing key.
final class KeyDesk {
    private static final String PATH = OperatorApi.BASE + "/account/renew-key";
    private static final int LONGEST = 4_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final IdentityMap identities;
    private final Connectors connectors;

    KeyDesk(IdentityMap identities, Connectors connectors) {
        this.identities = identities;
        this.connectors = connectors;
    }

    Endpoint endpoint(OperatorToken token) {
        return Endpoint.Http.post(PATH, LONGEST, token.guard(this::renew));
    }

    /// `{"network": …, "id": …, "to": …}`: the person, and the network of their stand-in.
    private HttpReply renew(HttpCall call) {
        try {
            JsonNode body = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
            var person = new NativeId(
                    new Network(body.path("network").asString("")),
                    body.path("id").asString(""));
            Network to = new Network(body.path("to").asString(""));
            Optional<Ghost> ghost = connectors.has(to) ? identities.find(person, to) : Optional.empty();
            if (ghost.isEmpty()) {
                return OperatorApi.answer(404, JSON.createObjectNode().put("error", "they are not shown there"));
            }
            Optional<String> refusal = connectors.get(to).renewKey(ghost.get().id());
            return refusal.map(reason ->
                            OperatorApi.answer(409, JSON.createObjectNode().put("error", reason)))
                    .orElseGet(() -> OperatorApi.answer(
                            200,
                            JSON.createObjectNode().put("id", ghost.get().id().value())));
        } catch (JacksonException | IllegalArgumentException e) {
            return OperatorApi.wrong("the body is {\"network\": …, \"id\": …, \"to\": …}");
        }
    }
}
