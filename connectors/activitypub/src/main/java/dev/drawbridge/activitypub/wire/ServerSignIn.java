package dev.drawbridge.activitypub.wire;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.drawbridge.activitypub.object.Actor;
import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.HttpForm;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.Pkce;
import dev.drawbridge.model.spi.Sought;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
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
/// [Mastodon's API](https://docs.joinmastodon.org/methods/accounts/#verify_credentials). The token is used for one
/// question, who they are, and given back.
///
/// A server is believed about accounts on its own origin only: it is asked where the id of the actor lives, and what it
/// says has to name that very actor.
public final class ServerSignIn implements AccountProof.ByTheirServer {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSignIn.class);
    private static final int LONGEST_WORD = 500;
    private static final int LONGEST_PAGE = 4_000;
    /// Servers forget apps that nobody uses; of one that did, people are told so there and do not come back.
    private static final Duration KNOWN = Duration.ofHours(1);

    private static final int MOST_APPS = 1_000;

    private final OutboundHttp http;
    private final NameLookup names;
    private final RemoteActors remote;
    private final Addresses addresses;
    private final InstanceInfo instance;
    private final RandomGenerator random;
    /// What we are called at servers that were asked lately, by where they send people back to.
    private final Cache<URI, App> apps;

    public ServerSignIn(
            OutboundHttp http,
            NameLookup names,
            RemoteActors remote,
            Addresses addresses,
            InstanceInfo instance,
            RandomGenerator random,
            InstantSource clock) {
        this.http = http;
        this.names = names;
        this.remote = remote;
        this.addresses = addresses;
        this.instance = instance;
        this.random = random;
        this.apps = Caffeine.newBuilder()
                .maximumSize(MOST_APPS)
                .expireAfterWrite(KNOWN)
                .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                .executor(Runnable::run)
                .build();
    }

    /// What a server calls this instance. Nothing about people: with it alone nobody gets at anything.
    private record App(String id, String secret, String scope) {}

    @Override
    public Start begin(String name, String state, Function<String, URI> back) {
        return switch (names.seek(name)) {
            case Sought.Found(NativeId person) ->
                addresses.ours(person.value()) ? refused(Refusal.NOBODY) : ask(person, state, back);
            case Sought.Silent _ -> refused(Refusal.SILENT);
            case Sought.Nobody _, Sought.Foreign _, Sought.Secret _ -> refused(Refusal.NOBODY);
        };
    }

    private Start ask(NativeId person, String state, Function<String, URI> places) {
        try {
            OAuthServer server = OAuthServer.of(person.value(), http);
            URI back = places.apply(server.origin());
            App app = Optional.ofNullable(apps.getIfPresent(back)).orElseGet(() -> register(server, back));
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

    private App register(OAuthServer server, URI back) {
        var answer = server.post(
                http,
                server.register(),
                Map.of(
                        "client_name",
                        "Drawbridge at " + instance.domain(),
                        "redirect_uris",
                        back.toString(),
                        "scopes",
                        server.scope(),
                        "website",
                        instance.baseUrl() + "/"));
        if (answer.status() / 100 != 2) {
            throw new OAuthServer.Unusable(answer.status() >= 500, server.register() + " answered " + answer.status());
        }
        As2 document = OAuthServer.document(answer);
        Optional<String> id = word(document, "client_id");
        Optional<String> secret = word(document, "client_secret");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new OAuthServer.Unusable(false, server.register() + " gives no client");
        }
        var app = new App(id.get(), secret.get(), server.scope());
        apps.put(back, app);
        return app;
    }

    private static Optional<String> word(As2 document, String name) {
        return document.text(name).filter(text -> !text.isEmpty() && text.length() <= LONGEST_WORD);
    }

    /// What was asked, until it is answered.
    private record Asked(NativeId person, OAuthServer server, App app, Pkce pkce, URI back) {}

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
            Optional<String> token = token(asked, code.get());
            return token.map(t -> whose(asked, t)).orElseGet(() -> new Verdict.Refused(Refusal.STALE));
        } catch (OAuthServer.Unusable e) {
            LOG.info("not signed in: {}", e.getMessage());
            return new Verdict.Refused(e.isSilent() ? Refusal.SILENT : Refusal.UNABLE);
        }
    }

    private Optional<String> token(Asked asked, String code) {
        App app = asked.app();
        var answer = asked.server()
                .post(
                        http,
                        asked.server().token(),
                        Map.of(
                                "grant_type", "authorization_code",
                                "code", code,
                                "client_id", app.id(),
                                "client_secret", app.secret(),
                                "redirect_uri", asked.back().toString(),
                                "code_verifier", asked.pkce().verifier()));
        if (answer.status() == 401) {
            // Whoever tries again introduces us anew.
            apps.asMap().remove(asked.back(), app);
        }
        if (answer.status() >= 500) {
            throw new OAuthServer.Unusable(true, asked.server().token() + " answered " + answer.status());
        }
        return answer.status() == 200
                ? OAuthServer.document(answer).text("access_token").filter(ServerSignIn::fitsAHeader)
                : Optional.empty();
    }

    private static boolean fitsAHeader(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private Verdict whose(Asked asked, String token) {
        try {
            As2 account = asked.server().get(http, "/api/v1/accounts/verify_credentials", token);
            return is(account, asked.person())
                    ? new Verdict.Proven(asked.person())
                    : new Verdict.Refused(Refusal.SOMEBODY_ELSE);
        } finally {
            revoke(asked, token);
        }
    }

    /// By the id of the actor, as Mastodon and Pleroma have it; of servers that do not say it, by the page that the
    /// actor calls theirs, on the same origin, and by their name.
    private boolean is(As2 account, NativeId person) {
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

    private void revoke(Asked asked, String token) {
        try {
            asked.server()
                    .post(
                            http,
                            URI.create(asked.server().origin() + "/oauth/revoke"),
                            Map.of(
                                    "client_id", asked.app().id(),
                                    "client_secret", asked.app().secret(),
                                    "token", token));
        } catch (OAuthServer.Unusable e) {
            LOG.info("a token is not taken back: {}", e.getMessage());
        }
    }
}
