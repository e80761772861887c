package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.HttpAuth;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.store.RelayRules;
import dev.drawbridge.nostr.store.RelayRules.About;
import dev.drawbridge.nostr.store.RelayRules.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/// The operator's commands to our relay ([NIP-86](https://nips.nostr.com/86)), signed by NIP-98. What they ban is
/// erased here and refused from then on; whether a person is bridged is not decided here.
final class RelayManagement {
    static final int LONGEST_BODY = 65_536;
    private static final Logger LOG = LoggerFactory.getLogger(RelayManagement.class);
    private static final String TYPE = "application/nostr+json+rpc";
    private static final int MOST_LISTED = 10_000;
    private static final int LONGEST_TEXT = 2_000;

    /// A command was not understood; the text is for the operator.
    private static final class Misunderstood extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misunderstood(String message) {
            super(message, null, false, false);
        }
    }

    /// What a method does with its parameters.
    private interface Method {
        JsonNode run(JsonNode parameters);
    }

    private final RelayParts parts;
    private final HttpAuth auth;
    private final Set<PublicKey> operators;
    private final Map<String, Method> methods = new TreeMap<>();
    private final JsonMapper json = JsonMapper.builder().build();

    RelayManagement(RelayParts parts, Set<PublicKey> operators) {
        this.parts = parts;
        this.auth = new HttpAuth(parts.verifier());
        this.operators = Set.copyOf(operators);
        methods.put("supportedmethods", _ -> supported());
        methods.put("banpubkey", p -> {
            PublicKey key = key(p);
            rules().put(new Rule(About.BANNED_KEY, key.hex(), reason(p)));
            parts.store().remove(Filter.ANY.authors(List.of(key)));
            return BooleanNode.TRUE;
        });
        methods.put("unbanpubkey", p -> forget(About.BANNED_KEY, key(p).hex()));
        methods.put("listbannedpubkeys", _ -> list(About.BANNED_KEY, "pubkey"));
        methods.put("allowpubkey", p -> keep(About.ALLOWED_KEY, key(p).hex(), p));
        methods.put("unallowpubkey", p -> forget(About.ALLOWED_KEY, key(p).hex()));
        methods.put("listallowedpubkeys", _ -> list(About.ALLOWED_KEY, "pubkey"));
        methods.put("banevent", p -> {
            EventId id = event(p);
            rules().put(new Rule(About.BANNED_EVENT, id.hex(), reason(p)));
            parts.store().remove(Filter.ANY.ids(List.of(id)));
            return BooleanNode.TRUE;
        });
        methods.put("allowevent", p -> forget(About.BANNED_EVENT, event(p).hex()));
        methods.put("listbannedevents", _ -> list(About.BANNED_EVENT, "id"));
        methods.put("changerelayname", p -> show(RelayInformation.NAME, p));
        methods.put("changerelaydescription", p -> show(RelayInformation.DESCRIPTION, p));
        methods.put("changerelayicon", p -> show(RelayInformation.ICON, p));
    }

    static boolean wanted(HttpCall call) {
        return call.header("content-type").filter(t -> t.startsWith(TYPE)).isPresent();
    }

    HttpReply post(HttpCall call) {
        HttpAuth.Verdict verdict = auth.check(
                call.header("authorization"),
                new HttpAuth.Request("POST", addresses(), call.body()),
                parts.clock().instant());
        return RelayInformation.open(
                switch (verdict) {
                    case HttpAuth.Verdict.Refused(String reason) -> answer(401, Optional.empty(), reason);
                    case HttpAuth.Verdict.Accepted(PublicKey author, var _) ->
                        operators.contains(author)
                                ? command(call.body(), author)
                                : answer(403, Optional.empty(), "this key does not manage this relay");
                });
    }

    /// NIP-86 signs the relay's address, NIP-98 that of the request: both are right.
    private Set<String> addresses() {
        String relay = parts.url().value();
        String web = relay.replaceFirst("^ws", "http");
        return Set.of(relay, relay.replaceFirst("/$", ""), web, web.replaceFirst("/$", ""));
    }

    private HttpReply command(byte[] body, PublicKey author) {
        JsonNode request;
        try {
            request = json.readTree(body);
        } catch (JacksonException _) {
            return answer(400, Optional.empty(), "not JSON");
        }
        String name = request.path("method").asString("");
        Method method = methods.get(name);
        if (method == null) {
            return answer(400, Optional.empty(), "no such method; see supportedmethods");
        }
        try {
            JsonNode result = method.run(request.path("params"));
            LOG.info("{} manages the relay: {}", author, name);
            return answer(200, Optional.of(result), "");
        } catch (Misunderstood e) {
            return answer(400, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private HttpReply answer(int status, Optional<JsonNode> result, String error) {
        ObjectNode answer = json.createObjectNode();
        result.ifPresentOrElse(r -> answer.set("result", r), () -> answer.putNull("result"));
        if (!error.isEmpty()) {
            answer.put("error", error);
        }
        return HttpReply.of(status, TYPE, json.writeValueAsString(answer));
    }

    private RelayRules rules() {
        return parts.rules();
    }

    private JsonNode supported() {
        ArrayNode names = json.createArrayNode();
        methods.keySet().forEach(names::add);
        return names;
    }

    private JsonNode keep(About about, String subject, JsonNode parameters) {
        rules().put(new Rule(about, subject, reason(parameters)));
        return BooleanNode.TRUE;
    }

    private JsonNode forget(About about, String subject) {
        rules().remove(about, subject);
        return BooleanNode.TRUE;
    }

    private JsonNode show(String what, JsonNode parameters) {
        String text = text(parameters, 0);
        if (text.isBlank()) {
            rules().remove(About.SHOWN, what);
        } else {
            rules().put(new Rule(About.SHOWN, what, text));
        }
        return BooleanNode.TRUE;
    }

    private JsonNode list(About about, String name) {
        ArrayNode list = json.createArrayNode();
        rules().all(about, MOST_LISTED)
                .forEach(rule -> list.addObject().put(name, rule.subject()).put("reason", rule.text()));
        return list;
    }

    private static PublicKey key(JsonNode parameters) {
        return PublicKey.tryParse(text(parameters, 0))
                .orElseThrow(() -> new Misunderstood("the first parameter must be a public key in hexadecimal"));
    }

    private static EventId event(JsonNode parameters) {
        return EventId.tryParse(text(parameters, 0))
                .orElseThrow(() -> new Misunderstood("the first parameter must be an event id in hexadecimal"));
    }

    private static String reason(JsonNode parameters) {
        return text(parameters, 1);
    }

    private static String text(JsonNode parameters, int index) {
        String text = parameters.path(index).asString("");
        if (text.length() > LONGEST_TEXT) {
            throw new Misunderstood("longer than " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
