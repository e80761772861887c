package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Deadline;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.HttpForm;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.Pkce;
import dev.drawbridge.model.spi.Sought;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the server of an account say whose it is: an authorization code with PKCE
/// ([RFC 6749 §4.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1),
/// [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)) at whatever speaks
/// [Mastodon's API](https://docs.joinmastodon.org/methods/accounts/#verify_credentials), or is a Misskey. The token is
/// used for one question, who they are, and given back.
///
/// A server is believed about accounts on its own origin only: it is asked where the id of the actor lives, and what it
/// says has to name that very actor. What it answers with has to come from it to whoever agreed there: no way is used
/// in which whoever began knows the answer beforehand, as with Misskey's older `miauth`.
public final class ServerSignIn implements AccountProof.ByTheirServer {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSignIn.class);
    private static final int LONGEST_PAGE = 4_000;
    private static final int TOO_MANY = 429;
    /// Somebody looks at an empty page meanwhile.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final OutboundHttp http;
    private final NameLookup names;
    private final RemoteActors remote;
    private final Addresses addresses;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final OAuthApps apps;

    /// @param page where a client is described that is sent back to a place of ours; empty if no server could read it
    public ServerSignIn(
            OutboundHttp http,
            NameLookup names,
            RemoteActors remote,
            Addresses addresses,
            InstanceInfo instance,
            Function<URI, Optional<String>> page,
            RandomGenerator random,
            InstantSource clock) {
        this.http = http;
        this.names = names;
        this.remote = remote;
        this.addresses = addresses;
        this.random = random;
        this.clock = clock;
        this.apps = new OAuthApps(instance, page, clock);
    }

    @Override
    public Start begin(String name, String state, Function<String, URI> back) {
        // Looking for them takes of the time that somebody waits.
        var soon = new Deadline(http, PATIENCE, clock);
        return switch (names.seek(name)) {
            case Sought.Found(NativeId person) ->
                addresses.ours(person.value()) ? refused(Refusal.NOBODY) : ask(person, state, back, soon);
            case Sought.Silent _ -> refused(Refusal.SILENT);
            case Sought.Nobody _, Sought.Foreign _, Sought.Secret _ -> refused(Refusal.NOBODY);
        };
    }

    private Start ask(NativeId person, String state, Function<String, URI> places, OutboundHttp soon) {
        try {
            OAuthServer server = OAuthServer.of(person.value(), soon);
            URI back = places.apply(server.origin());
            OAuthApp app = apps.at(server, back, soon);
            Pkce pkce = Pkce.make(random);
            var question = new LinkedHashMap<String, String>();
            question.put("response_type", "code");
            question.put("client_id", app.id());
            question.put("redirect_uri", back.toString());
            question.put("scope", app.scope());
            question.put("state", state);
            question.put("code_challenge", pkce.challenge());
            question.put("code_challenge_method", "S256");
            String joint = server.authorize().getRawQuery() == null ? "?" : "&";
            var page = URI.create(server.authorize() + joint + HttpForm.encode(question));
            if (page.toString().length() > LONGEST_PAGE) {
                throw new OAuthServer.Unusable(false, server.origin() + " asks on a page with too long an address");
            }
            var asked = new Asked(person, server, app, pkce, back);
            return new Start.Ask(page, person, back, parameters -> answered(asked, parameters));
        } catch (OAuthServer.Unusable e) {
            LOG.info("nobody can sign in: {}", e.getMessage());
            return refused(e.isSilent() ? Refusal.SILENT : Refusal.UNABLE);
        }
    }

    private static Start refused(Refusal why) {
        return new Start.Refused(why);
    }

    /// What was asked, until it is answered.
    private record Asked(NativeId person, OAuthServer server, OAuthApp app, Pkce pkce, URI back) {}

    private Verdict answered(Asked asked, Map<String, String> parameters) {
        if (!asked.server().speaks(Optional.ofNullable(parameters.get("iss")))) {
            return new Verdict.Refused(Refusal.SOMEBODY_ELSE);
        }
        if (parameters.containsKey("error")) {
            return new Verdict.Refused(Refusal.DECLINED);
        }
        Optional<String> code = Optional.ofNullable(parameters.get("code")).filter(c -> !c.isBlank());
        if (code.isEmpty()) {
            return new Verdict.Refused(Refusal.STALE);
        }
        try {
            var soon = new Deadline(http, PATIENCE, clock);
            Optional<String> token = token(asked, code.get(), soon);
            return token.map(given -> whose(asked, code.get(), given, soon))
                    .orElseGet(() -> new Verdict.Refused(Refusal.STALE));
        } catch (OAuthServer.Unusable e) {
            LOG.info("not signed in: {}", e.getMessage());
            return new Verdict.Refused(e.isSilent() ? Refusal.SILENT : Refusal.UNABLE);
        }
    }

    private Optional<String> token(Asked asked, String code, OutboundHttp soon) {
        OutboundHttp.Answer answer = exchange(asked, code, soon);
        if (answer.status() == 401) {
            apps.forget(asked.back(), asked.app());
        }
        if (answer.status() >= 500) {
            throw new OAuthServer.Unusable(true, asked.server().token() + " answered " + answer.status());
        }
        return answer.status() == 200
                ? OAuthServer.document(answer).text("access_token").filter(ServerSignIn::fitsAHeader)
                : Optional.empty();
    }

    private static OutboundHttp.Answer exchange(Asked asked, String code, OutboundHttp http) {
        var fields = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "client_id", asked.app().id(),
                "redirect_uri", asked.back().toString(),
                "code_verifier", asked.pkce().verifier()));
        asked.app().secret().ifPresent(secret -> fields.put("client_secret", secret));
        return asked.server().post(http, asked.server().token(), fields);
    }

    private static boolean fitsAHeader(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private Verdict whose(Asked asked, String code, String token, OutboundHttp soon) {
        try {
            As2 account = asked.server().whose(soon, asked.app(), token);
            boolean theirs = switch (asked.app()) {
                case OAuthApp.Registered _ -> isOfMastodon(account, asked.person());
                case OAuthApp.Described _ -> isOfMisskey(account, asked);
            };
            return theirs ? new Verdict.Proven(asked.person()) : new Verdict.Refused(Refusal.SOMEBODY_ELSE);
        } finally {
            giveBack(asked, code, token);
        }
    }

    /// By the id of the actor, as Mastodon and Pleroma have it; of servers that do not say it, by the page that the
    /// actor calls theirs, on the same origin, and by their name.
    private boolean isOfMastodon(As2 account, NativeId person) {
        Optional<String> id =
                account.text("uri").or(() -> account.object("pleroma").flatMap(p -> p.text("ap_id")));
        if (id.isPresent()) {
            return id.get().equals(person.value());
        }
        Optional<Actor> actor = remote.actor(person.value()).found();
        Optional<String> page =
                actor.flatMap(a -> a.document().ref("url")).filter(address -> Uris.sameOrigin(address, person.value()));
        Optional<String> name = actor.flatMap(Actor::username);
        return page.isPresent()
                && page.equals(account.text("url"))
                && name.isPresent()
                && name.equals(account.text("username"));
    }

    /// The id of an account is the last part of its actor's.
    private static boolean isOfMisskey(As2 account, Asked asked) {
        return account.text("id")
                .filter(id -> asked.person().value().equals(asked.server().origin() + "/users/" + id))
                .isPresent();
    }

    /// Misskey lets no app take its own token back; but shown a code again it takes back what it gave for it, as
    /// [RFC 6749 §4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2) wants it. That has time of its
    /// own. Whoever takes nothing back, as a Pixelfed that knows no `/oauth/revoke`, keeps the token until it
    /// expires; the operator is told.
    private void giveBack(Asked asked, String code, String token) {
        try {
            boolean taken = switch (asked.app()) {
                case OAuthApp.Registered app -> revoke(asked, app, token).status() / 100 == 2;
                case OAuthApp.Described _ -> isRefused(exchange(asked, code, http));
            };
            if (!taken) {
                LOG.warn(
                        "{} does not take a token back that it gave us",
                        asked.server().origin());
            }
        } catch (OAuthServer.Unusable e) {
            LOG.warn("a token is not taken back: {}", e.getMessage());
        }
    }

    private OutboundHttp.Answer revoke(Asked asked, OAuthApp.Registered app, String token) {
        return asked.server()
                .post(
                        http,
                        URI.create(asked.server().origin() + "/oauth/revoke"),
                        Map.of("client_id", app.id(), "client_secret", app.key(), "token", token));
    }

    /// Whether a code was looked at and found used: neither good once more, nor left for later.
    private static boolean isRefused(OutboundHttp.Answer answer) {
        return answer.status() / 100 == 4 && answer.status() != TOO_MANY;
    }
}
