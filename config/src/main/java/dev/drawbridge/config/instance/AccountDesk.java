package dev.drawbridge.config.instance;

import dev.drawbridge.engine.MyAccount;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Command;
import dev.drawbridge.model.bot.Verb;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/api/v1/account/…`: what the operator does for one person who asked for it elsewhere than with a bot: hands out
/// what there is of them, and ends what they wished. Nothing is begun for anybody here.
final class AccountDesk {
    private static final String BASE = OperatorApi.BASE + "/account";
    private static final int LONGEST = 4_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final MyAccount people;
    private final Collection<Network> networks;

    /// @param networks those of this instance
    AccountDesk(MyAccount people, Collection<Network> networks) {
        this.people = people;
        this.networks = networks;
    }

    List<Endpoint> endpoints(OperatorToken token) {
        return List.of(
                Endpoint.Http.get(BASE + "/archive", token.guard(this::archive)),
                Endpoint.Http.post(BASE + "/end", LONGEST, token.guard(this::end)));
    }

    private Optional<NativeId> person(String network, String id) {
        return networks.stream()
                .filter(known -> known.name().equals(network) && !id.isBlank())
                .findFirst()
                .map(known -> new NativeId(known, id));
    }

    private static HttpReply unknown() {
        return OperatorApi.answer(404, JSON.createObjectNode().put("error", "nothing is known of them"));
    }

    private HttpReply nobody() {
        return OperatorApi.wrong("network is one of " + networks + ", and id what it calls the account");
    }

    /// Without the keys of their stand-ins: these are handed to their owners alone.
    private HttpReply archive(HttpCall call) {
        Optional<NativeId> person =
                person(call.query("network").orElse(""), call.query("id").orElse(""));
        if (person.isEmpty()) {
            return nobody();
        }
        return people.knows(person.get())
                ? HttpReply.stream(200, "application/zip", out -> people.archive(person.get(), Optional.empty(), out))
                        .with("cache-control", "no-store")
                : unknown();
    }

    /// `{"network": …, "id": …, "what": "link" | "waiting" | "digest", "name": …}`: takes effect in a moment.
    private HttpReply end(HttpCall call) {
        JsonNode body;
        try {
            body = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return OperatorApi.wrong("the body is {\"network\": …, \"id\": …, \"what\": …}");
        }
        Optional<NativeId> person =
                person(body.path("network").asString(""), body.path("id").asString(""));
        Optional<Command> command =
                command(body.path("what").asString(""), body.path("name").asString(""));
        if (person.isEmpty()) {
            return nobody();
        }
        if (command.isEmpty()) {
            return OperatorApi.wrong("what is link, waiting or digest; name is one word, as it is said to a bot");
        }
        if (!people.knows(person.get())) {
            return unknown();
        }
        Locale language = people.preference(person.get())
                .language()
                .map(Locale::forLanguageTag)
                .orElse(Locale.ENGLISH);
        boolean told =
                people.tell(person.get(), command.get().verb(), command.get().words(), language);
        return told
                ? OperatorApi.answer(
                        202,
                        JSON.createObjectNode().put("what", body.path("what").asString()))
                : OperatorApi.answer(503, JSON.createObjectNode().put("error", "no bot is there to tell"));
    }

    private static Optional<Command> command(String what, String name) {
        Command command = switch (what) {
            case "link" -> Command.read("unlink " + name);
            case "waiting" -> Command.read("unfollow " + (name.isBlank() ? Command.ALL : name));
            case "digest" -> Command.read("digest off");
            default -> Command.read("");
        };
        return Optional.of(command).filter(read -> read.verb() != Verb.UNKNOWN);
    }
}
