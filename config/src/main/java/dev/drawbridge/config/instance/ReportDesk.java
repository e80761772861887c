package dev.drawbridge.config.instance;

import dev.drawbridge.engine.Appeals;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.Sanction;
import dev.drawbridge.model.port.Complaints.Complaint;
import dev.drawbridge.model.port.Complaints.State;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The part of `/api/v1` where the operator reads what people complain about, and decides.
final class ReportDesk {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int LONGEST = 4_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Ports ports;
    private final Inbox inbox;
    private final InstantSource clock;

    ReportDesk(Ports ports, Inbox inbox, InstantSource clock) {
        this.ports = ports;
        this.inbox = inbox;
        this.clock = clock;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        return List.of(
                Endpoint.Http.get(OperatorApi.BASE + "/reports", token.guard(this::list)),
                Endpoint.Http.post(OperatorApi.BASE + "/report/decide", LONGEST, token.guard(this::decide)));
    }

    private HttpReply list(HttpCall call) {
        String limit = call.query("limit").orElse(Integer.toString(USUAL));
        String state = call.query("state").orElse("open");
        if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > MOST) {
            return OperatorApi.wrong("limit is a number from 1 to " + MOST);
        }
        if (!state.equals("open") && !state.equals("all")) {
            return OperatorApi.wrong("state is open or all");
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode reports = answer.putArray("reports");
        ports.complaints()
                .newest(state.equals("open"), Integer.parseInt(limit))
                .forEach(complaint -> reports.add(report(complaint)));
        return OperatorApi.answer(200, answer);
    }

    private static ObjectNode report(Complaint complaint) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", complaint.id())
                .put("from", complaint.from().name())
                .put("network", complaint.person().network().name())
                .put("account", complaint.person().value())
                .put("reason", complaint.reason())
                .put("first", complaint.first().toString())
                .put("last", complaint.last().toString())
                .put("state", complaint.state().name().toLowerCase(Locale.ROOT));
        complaint.about().ifPresent(about -> json.put("about", about.value()));
        if (complaint.state() != State.OPEN) {
            json.put("decision", complaint.decision());
        }
        return json;
    }

    /// `{"id": …, "decision": "dismiss" or "remove", "reason": …}`. What removes somebody is durable before the
    /// complaint is decided: after a crash between the two it is still open. Whose appeal is dismissed is told why.
    private HttpReply decide(HttpCall call) {
        try {
            JsonNode body = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
            String decision = body.path("decision").asString("");
            Optional<Complaint> complaint =
                    ports.complaints().find(body.path("id").asString(""));
            if (!decision.equals("dismiss") && !decision.equals("remove")) {
                return OperatorApi.wrong("decision is dismiss or remove");
            }
            boolean removes = decision.equals("remove");
            var sanction =
                    new Sanction(removes, body.path("reason").asString("").strip(), clock.instant());
            if (complaint.isEmpty()) {
                return OperatorApi.answer(404, JSON.createObjectNode().put("error", "there is no such report"));
            }
            if (removes) {
                inbox.put(sanction.about(complaint.get().person()));
            } else if (Appeals.isOne(complaint.get())) {
                inbox.put(Appeals.refused(complaint.get(), sanction.reason(), sanction.at()));
            }
            ports.complaints()
                    .decide(complaint.get().id(), removes ? State.REMOVED : State.DISMISSED, sanction.reason());
            return OperatorApi.answer(
                    202, JSON.createObjectNode().put("at", sanction.at().toString()));
        } catch (JacksonException e) {
            return OperatorApi.wrong("the body is {\"id\": …, \"decision\": …, \"reason\": …}");
        } catch (IllegalArgumentException e) {
            return OperatorApi.wrong(String.valueOf(e.getMessage()));
        }
    }
}
