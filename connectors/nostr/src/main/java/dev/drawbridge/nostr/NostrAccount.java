package dev.drawbridge.nostr;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.HttpAuth;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.translate.NativeEvents;
import dev.drawbridge.nostr.wire.Intake;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/account/nostr`: whoever proves a key ([NIP-98](https://nips.nostr.com/98)) sees where they are carried, and says
/// where they want to be: `{"network": "atproto", "consent": true}`. It goes the same way as a word to a bot.
final class NostrAccount {
    private static final Logger LOG = LoggerFactory.getLogger(NostrAccount.class);
    private static final String PATH = "/account/nostr";
    private static final int LONGEST_BODY = 1_000;
    private static final int ACCEPTED = 202;

    /// Whoever signs on another device has to find it first. As long as a challenge of the page is good.
    private static final Duration SIGNING = Duration.ofMinutes(10);

    private final HttpAuth auth;
    private final BotCommands commands;
    private final Intake intake;
    private final InstantSource clock;
    /// Requests that were granted, for longer than their signature is good for.
    private final Cache<EventId, Boolean> used = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(SIGNING.multipliedBy(3))
            .executor(Runnable::run)
            .build();

    private final JsonMapper json = JsonMapper.builder().build();

    NostrAccount(HttpAuth auth, BotCommands commands, Intake intake, InstantSource clock) {
        this.auth = auth;
        this.commands = commands;
        this.intake = intake;
        this.clock = clock;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.Http.get(PATH, this::get), Endpoint.Http.post(PATH, LONGEST_BODY, this::post));
    }

    /// Whoever signs a request to the account page with their key is them. That the same one is good once is seen to by
    /// the text in its body.
    AccountProof.BySignature proof() {
        return call -> switch (check(call, SIGNING)) {
            case HttpAuth.Verdict.Refused(String reason) -> {
                LOG.info("not signed in: {}", reason);
                yield new AccountProof.Verdict.Refused(AccountProof.Refusal.STALE);
            }
            case HttpAuth.Verdict.Accepted(PublicKey person, EventId event) ->
                used.asMap().putIfAbsent(event, true) == null
                        ? new AccountProof.Verdict.Proven(NativeEvents.id(person))
                        : new AccountProof.Verdict.Refused(AccountProof.Refusal.STALE);
        };
    }

    /// What somebody asks for.
    private record Wish(Network network, boolean consent) {}

    private HttpReply get(HttpCall call) {
        return switch (check(call)) {
            case HttpAuth.Verdict.Refused(String reason) -> refused(reason);
            case HttpAuth.Verdict.Accepted(PublicKey person, var _) -> answer(200, status(person));
        };
    }

    private HttpReply post(HttpCall call) {
        return switch (check(call)) {
            case HttpAuth.Verdict.Refused(String reason) -> refused(reason);
            case HttpAuth.Verdict.Accepted(PublicKey person, EventId event) ->
                wish(call.body())
                        .map(wish -> once(event, () -> ask(person, wish)))
                        .orElseGet(() -> error(400, "the body has to be {\"network\": …, \"consent\": true or false}"));
        };
    }

    /// A request that somebody saw and sends again does not undo what was asked for since.
    private HttpReply once(EventId event, Supplier<HttpReply> ask) {
        if (used.asMap().putIfAbsent(event, true) != null) {
            return refused("this request was made already");
        }
        HttpReply reply = ask.get();
        if (reply.status() != ACCEPTED) {
            used.invalidate(event);
        }
        return reply;
    }

    private HttpAuth.Verdict check(HttpCall call) {
        return check(call, HttpAuth.WINDOW);
    }

    private HttpAuth.Verdict check(HttpCall call, Duration window) {
        var request = new HttpAuth.Request(call.method(), Set.of(call.uri().toString()), call.body());
        return auth.check(call.header("authorization"), request, clock.instant(), window);
    }

    private HttpReply ask(PublicKey person, Wish wish) {
        Optional<Receipt> receipt = commands.ask(person, wish.network(), wish.consent(), clock.instant(), intake::pass);
        if (receipt.isEmpty()) {
            return error(404, "this bridge does not reach that network");
        }
        return switch (receipt.get()) {
            case Receipt.Accepted _ -> {
                ObjectNode accepted = json.createObjectNode();
                accepted.put("network", wish.network().name());
                accepted.put("consent", wish.consent());
                yield answer(ACCEPTED, accepted);
            }
            case Receipt.Ignored(String reason) -> error(409, reason);
            case Receipt.Busy(var after) ->
                error(503, "come back later").with("retry-after", Long.toString(Math.max(1, after.toSeconds())));
        };
    }

    private Optional<Wish> wish(byte[] body) {
        try {
            JsonNode tree = json.readTree(new String(body, StandardCharsets.UTF_8));
            String network = tree.path("network").asString("");
            return tree.path("consent").isBoolean()
                    ? Optional.of(
                            new Wish(new Network(network), tree.path("consent").asBoolean()))
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private ObjectNode status(PublicKey person) {
        ObjectNode answer = json.createObjectNode();
        answer.put("pubkey", person.hex());
        answer.put("npub", person.npub());
        ObjectNode networks = answer.putObject("networks");
        commands.bridges(person).forEach(shown -> {
            ObjectNode network = networks.putObject(shown.network().name());
            network.put("shown", shown.as().isPresent());
            shown.as().ifPresent(handle -> network.put("as", handle));
        });
        return answer;
    }

    private HttpReply refused(String reason) {
        return error(401, reason).with("www-authenticate", "Nostr");
    }

    private HttpReply error(int status, String reason) {
        return answer(status, json.createObjectNode().put("error", reason));
    }

    private HttpReply answer(int status, ObjectNode content) {
        return HttpReply.json(status, json.writeValueAsString(content)).with("cache-control", "no-store");
    }
}
