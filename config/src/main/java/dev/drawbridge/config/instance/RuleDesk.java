package dev.drawbridge.config.instance;

import dev.drawbridge.engine.RuleClerk;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.Rules.Subscription;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The part of `/api/v1` where the operator says whom and what the bridge does not carry.
final class RuleDesk {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int LONGEST = 10_000;
    private static final int LONGEST_LIST = 10_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Supplier<RuleClerk> clerk;

    RuleDesk(Supplier<RuleClerk> clerk) {
        this.clerk = clerk;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        String base = OperatorApi.BASE;
        return List.of(
                Endpoint.Http.get(base + "/rules", token.guard(this::list)),
                Endpoint.Http.post(base + "/rule", LONGEST, token.guard(call -> told(call, this::put))),
                Endpoint.Http.post(base + "/rule/remove", LONGEST, token.guard(call -> told(call, this::remove))),
                Endpoint.Http.post(base + "/rules/import", LONGEST_LIST, token.guard(call -> told(call, this::take))),
                Endpoint.Http.post(
                        base + "/rules/subscribe", LONGEST, token.guard(call -> told(call, this::subscribe))),
                Endpoint.Http.post(
                        base + "/rules/unsubscribe", LONGEST, token.guard(call -> told(call, this::unsubscribe))));
    }

    private HttpReply list(HttpCall call) {
        String limit = call.query("limit").orElse(Integer.toString(USUAL));
        if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > MOST) {
            return OperatorApi.wrong("limit is a number from 1 to " + MOST);
        }
        String after = call.query("after").orElse("");
        List<Rule> page = clerk.get().rules().stream()
                .filter(rule -> rule.id().compareTo(after) > 0)
                .limit(Integer.parseInt(limit))
                .toList();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode rules = answer.putArray("rules");
        page.forEach(rule -> rules.add(json(rule)));
        if (page.size() == Integer.parseInt(limit)) {
            answer.put("after", page.getLast().id());
        }
        ArrayNode lists = answer.putArray("subscriptions");
        clerk.get().subscriptions().forEach(subscription -> lists.add(json(subscription)));
        return OperatorApi.answer(200, answer);
    }

    private static ObjectNode json(Rule rule) {
        ObjectNode json = JSON.createObjectNode()
                .put("kind", rule.subject().kind().word())
                .put("value", rule.subject().value())
                .put("effect", rule.effect().word())
                .put("reason", rule.reason())
                .put("source", rule.source())
                .put("since", rule.since().toString());
        rule.until().ifPresent(until -> json.put("until", until.toString()));
        return json;
    }

    private static ObjectNode json(Subscription subscription) {
        ObjectNode json = JSON.createObjectNode()
                .put("address", subscription.address())
                .put("effect", subscription.effect().word())
                .put("entries", subscription.entries())
                .put("since", subscription.since().toString())
                .put("next", subscription.next().toString());
        if (!subscription.trouble().isEmpty()) {
            json.put("trouble", subscription.trouble());
        }
        return json;
    }

    /// `{"kind": …, "value": …, "effect": …, "reason": …, "until": …}`
    private HttpReply put(JsonNode body) {
        Subject subject = clerk.get().meant(kind(body), text(body, "value"));
        Rule rule = clerk.get().put(subject, effect(body), text(body, "reason"), until(body));
        return OperatorApi.answer(200, json(rule));
    }

    private HttpReply remove(JsonNode body) {
        RuleClerk rules = clerk.get();
        boolean gone = rules.remove(new Subject(kind(body), text(body, "value")))
                || rules.remove(rules.meant(kind(body), text(body, "value")));
        return gone ? done() : missing("you have no such rule");
    }

    /// `{"document": …, "effect": …, "reason": …}`
    private HttpReply take(JsonNode body) {
        int entries = clerk.get().take(body.path("document").asString(""), effect(body), text(body, "reason"));
        return OperatorApi.answer(200, JSON.createObjectNode().put("entries", entries));
    }

    private HttpReply subscribe(JsonNode body) {
        return OperatorApi.answer(200, json(clerk.get().subscribe(text(body, "address"), effect(body))));
    }

    private HttpReply unsubscribe(JsonNode body) {
        return clerk.get().unsubscribe(text(body, "address")) ? done() : missing("you do not follow that list");
    }

    private static HttpReply done() {
        return OperatorApi.answer(200, JSON.createObjectNode());
    }

    private static HttpReply missing(String what) {
        return OperatorApi.answer(404, JSON.createObjectNode().put("error", what));
    }

    private static HttpReply told(HttpCall call, Function<JsonNode, HttpReply> answer) {
        try {
            return answer.apply(JSON.readTree(new String(call.body(), StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            return OperatorApi.wrong("the body is no JSON");
        } catch (IllegalArgumentException e) {
            return OperatorApi.wrong(String.valueOf(e.getMessage()));
        }
    }

    private static Subject.Kind kind(JsonNode body) {
        return Subject.Kind.of(text(body, "kind"))
                .orElseThrow(() -> new IllegalArgumentException("kind is domain, actor, word or media"));
    }

    private static Effect effect(JsonNode body) {
        return Effect.of(text(body, "effect"))
                .orElseThrow(() -> new IllegalArgumentException("effect is allow, freeze, hide or deny"));
    }

    private static Optional<Instant> until(JsonNode body) {
        String until = text(body, "until");
        try {
            return until.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(until));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("until is a time such as 2026-12-01T00:00:00Z", e);
        }
    }

    private static String text(JsonNode body, String field) {
        return body.path(field).asString("").strip();
    }
}
