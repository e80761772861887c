package dev.drawbridge.config.instance;

import dev.drawbridge.engine.Accounts;
import dev.drawbridge.engine.Backfill;
import dev.drawbridge.engine.Inbox;
import dev.drawbridge.engine.Mirrors;
import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.engine.Ports;
import dev.drawbridge.engine.Sanction;
import dev.drawbridge.engine.Vouches;
import dev.drawbridge.model.Choices;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `/api/v1`: what the operator asks an instance. Described in `/api/v1/openapi.json`, which everybody may read.
final class OperatorApi {
    static final String BASE = "/api/v1";
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int LONGEST = 4_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Ports ports;
    private final Collection<Network> networks;
    private final Predicate<NativeId> wellFormed;
    private final Inbox inbox;
    private final InstantSource clock;

    /// @param networks those of this instance
    /// @param wellFormed whether an id looks like one of its network
    /// @param inbox where decisions go
    OperatorApi(
            Ports ports,
            Collection<Network> networks,
            Predicate<NativeId> wellFormed,
            Inbox inbox,
            InstantSource clock) {
        this.ports = ports;
        this.networks = networks;
        this.wellFormed = wellFormed;
        this.inbox = inbox;
        this.clock = clock;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        return Stream.concat(own(token).stream(), new ReportDesk(ports, inbox, clock).endpoints(token).stream())
                .toList();
    }

    private List<Endpoint> own(OperatorToken token) {
        return List.of(
                Endpoint.Http.get(BASE + "/openapi.json", _ -> HttpReply.json(200, description())),
                Endpoint.Http.get(BASE + "/flow", token.guard(_ -> flow())),
                Endpoint.Http.get(BASE + "/accounts", token.guard(call -> page(call, Consent::given))),
                Endpoint.Http.get(BASE + "/account", token.guard(this::account)),
                Endpoint.Http.post(BASE + "/account/remove", LONGEST, token.guard(call -> decide(call, true))),
                Endpoint.Http.post(BASE + "/account/readmit", LONGEST, token.guard(call -> decide(call, false))),
                Endpoint.Http.post(BASE + "/account/vouch", LONGEST, token.guard(this::vouch)),
                Endpoint.Http.get(
                        BASE + "/mirrors", token.guard(call -> page(call, c -> c.given() && Mirrors.vouchesFor(c)))));
    }

    static String description() {
        try (var in = Objects.requireNonNull(OperatorApi.class.getResourceAsStream("openapi.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What arrived on each network, minute by minute, since a day ago.
    private HttpReply flow() {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode hours = answer.putArray("hours");
        ports.crossings().arrived(clock.instant().minus(Duration.ofDays(1))).forEach(hour -> {
            ArrayNode minutes = hours.addObject()
                    .put("network", hour.target().name())
                    .put("from", hour.from().toString())
                    .putArray("minutes");
            hour.minutes().forEach(minutes::add);
        });
        return answer(200, answer);
    }

    /// People with an answer that is wanted, ordered by id.
    private HttpReply page(HttpCall call, Predicate<Consent> wanted) {
        Optional<Integer> limit = limit(call);
        List<Network> sources = networks.stream()
                .filter(n -> call.query("network").map(n.name()::equals).orElse(true))
                .sorted()
                .toList();
        if (limit.isEmpty()) {
            return wrong("limit is a number from 1 to " + MOST);
        }
        if (sources.isEmpty()) {
            return wrong("network is none of " + networks);
        }
        String after = call.query("after").orElse("");
        List<NativeId> first = new Accounts(ports.consents()).page(sources, after, limit.get(), wanted);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode accounts = answer.putArray("accounts");
        first.forEach(person -> accounts.add(person(person)));
        if (first.size() == limit.get()) {
            answer.put("after", first.getLast().key());
        }
        return answer(200, answer);
    }

    private static Optional<Integer> limit(HttpCall call) {
        String text = call.query("limit").orElse(Integer.toString(USUAL));
        return text.matches("\\d{1,4}")
                ? Optional.of(Integer.parseInt(text)).filter(n -> n >= 1 && n <= MOST)
                : Optional.empty();
    }

    /// One person with everything they ever said.
    private HttpReply account(HttpCall call) {
        Optional<Network> network = networks.stream()
                .filter(n -> call.query("network").map(n.name()::equals).orElse(false))
                .findFirst();
        Optional<String> id = call.query("id").filter(i -> !i.isBlank());
        if (network.isEmpty() || id.isEmpty()) {
            return wrong("network is one of " + networks + ", and id what it calls the account");
        }
        var person = new NativeId(network.get(), id.get());
        List<Consent> said = ports.consents().audit(person);
        boolean vouched = Vouches.isByOperator(ports, person);
        if (said.isEmpty() && ports.links().of(person).isEmpty() && !vouched) {
            return answer(404, JSON.createObjectNode().put("error", "they never said anything"));
        }
        ObjectNode answer = person(person);
        ArrayNode audit = answer.putArray("audit");
        said.forEach(consent -> audit.add(consent(consent)));
        var preference = ports.preferences().of(person);
        answer.put("unlisted", preference.unlisted()).put("notices", preference.notices());
        preference
                .choices()
                .longPosts()
                .ifPresent(how -> answer.put("longPosts", how.name().toLowerCase(Locale.ROOT)));
        preference
                .choices()
                .edits()
                .ifPresent(how -> answer.put("edits", how == Choices.Edits.REPLACE ? "replace" : "in-place"));
        ports.digests()
                .find(person)
                .ifPresent(wish -> answer.putObject("digest")
                        .put("rhythm", wish.rhythm().name().toLowerCase(Locale.ROOT))
                        .put("since", wish.since().toString())
                        .put("due", wish.due().toString())
                        .put("answers", ports.digests().waiting(person, MOST)));
        answer.put("waitsFor", MyAccount.awaited(ports, person)).put("vouched", vouched);
        return answer(200, answer);
    }

    /// `{"network": …, "id": …, "reason": …}`: takes effect in a moment, and survives a crash.
    private HttpReply decide(HttpCall call, boolean removes) {
        try {
            JsonNode body = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
            String network = body.path("network").asString("");
            String id = body.path("id").asString("");
            if (networks.stream().noneMatch(n -> n.name().equals(network)) || id.isBlank()) {
                return wrong("network is one of " + networks + ", and id what it calls the account");
            }
            var person = new NativeId(new Network(network), id);
            if (ports.consents().of(person).isEmpty()
                    && ports.links().of(person).isEmpty()) {
                return answer(404, JSON.createObjectNode().put("error", "they never said anything"));
            }
            var sanction =
                    new Sanction(removes, body.path("reason").asString("").strip(), clock.instant());
            inbox.put(sanction.about(person));
            return answer(202, JSON.createObjectNode().put("at", sanction.at().toString()));
        } catch (JacksonException e) {
            return wrong("the body is {\"network\": …, \"id\": …, \"reason\": …}");
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
    }

    /// `{"network": …, "id": …, "vouched": true}`: they may come in with whatever their profile shows, or not any more.
    private HttpReply vouch(HttpCall call) {
        try {
            JsonNode body = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
            String network = body.path("network").asString("");
            String id = body.path("id").asString("");
            if (networks.stream().noneMatch(n -> n.name().equals(network)) || id.isBlank()) {
                return wrong("network is one of " + networks + ", and id what it calls the account");
            }
            if (!body.path("vouched").isBoolean()) {
                return wrong("vouched is true or false");
            }
            var person = new NativeId(new Network(network), id);
            if (!wellFormed.test(person)) {
                return wrong("id is not what " + network + " calls an account");
            }
            boolean vouched = body.path("vouched").asBoolean();
            Vouches.byOperator(ports, person, vouched);
            return answer(200, JSON.createObjectNode().put("vouched", vouched));
        } catch (JacksonException e) {
            return wrong("the body is {\"network\": …, \"id\": …, \"vouched\": …}");
        }
    }

    private ObjectNode person(NativeId person) {
        ObjectNode json = JSON.createObjectNode();
        json.put("network", person.network().name()).put("id", person.value());
        ArrayNode answers = json.putArray("answers");
        for (Consent consent : ports.consents().of(person)) {
            ObjectNode answer = consent(consent);
            ports.identities()
                    .find(person, consent.target())
                    .ifPresent(ghost -> answer.putObject("shown")
                            .put("as", ghost.handle())
                            .put("id", ghost.id().value())
                            .put("active", ghost.active()));
            answers.add(answer);
        }
        ArrayNode own = json.putArray("own");
        ports.links()
                .of(person)
                .forEach(link -> own.addObject()
                        .put("network", link.other(person).network().name())
                        .put("id", link.other(person).value())
                        .put("asked", link.person().equals(person))
                        .put("since", link.since().toString())
                        .put("proven", link.proven().toString()));
        Backfill.progress(ports.cursors(), person)
                .ifPresent(progress -> json.putObject("backfill")
                        .put("wanted", progress.wanted())
                        .put("found", progress.found())
                        .put("done", progress.done())
                        .put("missed", progress.missed()));
        return json;
    }

    private static ObjectNode consent(Consent consent) {
        return JSON.createObjectNode()
                .put("to", consent.target().name())
                .put("given", consent.given())
                .put("how", consent.how())
                .put("since", consent.since().toString());
    }

    static HttpReply wrong(String problem) {
        return answer(400, JSON.createObjectNode().put("error", problem));
    }

    static HttpReply answer(int status, ObjectNode content) {
        return HttpReply.json(status, JSON.writeValueAsString(content)).with("cache-control", "no-store");
    }
}
