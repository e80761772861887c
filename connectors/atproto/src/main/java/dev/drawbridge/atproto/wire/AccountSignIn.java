package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Deadline;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.AccountProof;
import dev.drawbridge.model.spi.HttpForm;
import dev.drawbridge.model.spi.Pkce;
import dev.drawbridge.model.spi.Sought;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the server of an account say whose it is: the profile of OAuth of this network, with a pushed request, PKCE and
/// a key of its own for every sign-in. What comes of it is only who they are: the token is given back at once.
///
/// Who may speak for a DID is asked of its document, not of what somebody typed: the server of the PDS that stands
/// there now, and what it says has to name that very DID.
///
/// Spec: [OAuth](https://atproto.com/specs/oauth)
public final class AccountSignIn implements AccountProof.ByTheirServer {
    private static final Logger LOG = LoggerFactory.getLogger(AccountSignIn.class);
    private static final int LONGEST_PAGE = 4_000;
    /// For everything until they are sent there, and for everything once they are back: somebody looks at an empty page
    /// meanwhile.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Function<String, Sought> names;
    private final Predicate<Did> ours;
    private final People people;
    private final Function<URI, Optional<String>> client;
    private final OutboundHttp http;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final boolean loopback;

    /// @param names who is meant by what somebody typed
    /// @param ours whether an account is one of this instance, which nobody signs in with
    /// @param client what we are called by a server that sends people back to a place; empty if none can
    /// @param random one that nobody can guess
    /// @param loopback whether servers may be on this machine, without TLS
    public AccountSignIn(
            Function<String, Sought> names,
            Predicate<Did> ours,
            People people,
            Function<URI, Optional<String>> client,
            OutboundHttp http,
            InstantSource clock,
            RandomGenerator random,
            boolean loopback) {
        this.names = names;
        this.ours = ours;
        this.people = people;
        this.client = client;
        this.http = http;
        this.clock = clock;
        this.random = random;
        this.loopback = loopback;
    }

    @Override
    public String example() {
        return "@alice.example";
    }

    @Override
    public Start begin(String name, String state, Function<String, URI> back) {
        var soon = new Deadline(http, PATIENCE, clock);
        return switch (names.apply(name)) {
            case Sought.Found(NativeId person) ->
                Did.tryParse(person.value())
                        .filter(did -> !ours.test(did))
                        .map(did -> begin(new Wanted(did, person, name, state), back, soon))
                        .orElseGet(() -> refused(Refusal.NOBODY));
            case Sought.Silent _ -> refused(Refusal.SILENT);
            case Sought.Nobody _, Sought.Foreign _, Sought.Secret _ -> refused(Refusal.NOBODY);
        };
    }

    private record Wanted(Did did, NativeId person, String name, String state) {}

    private Start begin(Wanted wanted, Function<String, URI> places, Deadline soon) {
        try {
            // Who has moved away from a server is not to be spoken for by it.
            Optional<URI> pds = fresh(wanted.did(), soon)
                    .filter(document -> confirms(document, wanted.name()))
                    .flatMap(DidDocument::pds);
            if (pds.isEmpty()) {
                return refused(Refusal.NOBODY);
            }
            Optional<AuthorizationServer> server = AuthorizationServer.of(pds.get(), loopback, soon);
            Optional<URI> back = server.map(AuthorizationServer::issuer).map(places);
            Optional<String> id = back.flatMap(client);
            if (id.isEmpty()) {
                LOG.info("somebody cannot sign in: their server has no way that can be used here");
                return refused(Refusal.UNABLE);
            }
            var asked = new Asked(wanted.did(), wanted.person(), server.get(), back.get(), id.get(), Pkce.make(random));
            return ask(asked, wanted.state(), soon);
        } catch (Unavailable e) {
            // Whom somebody looked for is nobody's business.
            LOG.info("somebody cannot sign in: the directory, their PDS or its server does not answer");
            return refused(Refusal.SILENT);
        }
    }

    /// What the directory is asked for is not cut short: it would be spared for everybody then.
    private Optional<DidDocument> fresh(Did did, Deadline soon) {
        if (soon.isOver()) {
            throw new Unavailable("it took too long to find them", Optional.empty());
        }
        return people.fresh(did);
    }

    /// Whoever has a name without the account that bears it leads nobody to a server of theirs.
    private static boolean confirms(DidDocument document, String name) {
        String bare = name.startsWith("@") ? name.substring(1) : name;
        return Handle.tryParse(bare)
                .map(typed -> document.handle().equals(Optional.of(typed)))
                .orElse(true);
    }

    private Start ask(Asked asked, String state, Deadline soon) {
        var exchange = new Exchange(clock, ProofOfPossession.make(random));
        var question = new LinkedHashMap<String, String>();
        question.put("client_id", asked.client());
        question.put("redirect_uri", asked.back().toString());
        question.put("response_type", "code");
        question.put("scope", AuthorizationServer.SCOPE);
        question.put("state", state);
        question.put("code_challenge", asked.pkce().challenge());
        question.put("code_challenge_method", "S256");
        question.put("login_hint", asked.did().value());
        OutboundHttp.Answer answer = exchange.post(soon, asked.server().push(), question);
        Optional<String> kept = answer.status() / 100 == 2
                ? Json.object(answer).flatMap(said -> said.text("request_uri"))
                : Optional.empty();
        if (kept.isEmpty()) {
            LOG.info("somebody cannot sign in: {} answers {}", asked.server().host(), reason(answer));
            return refused(Refusal.UNABLE);
        }
        var shown = new LinkedHashMap<String, String>();
        shown.put("client_id", asked.client());
        shown.put("request_uri", kept.get());
        String joint = asked.server().authorize().getRawQuery() == null ? "?" : "&";
        String page = asked.server().authorize() + joint + HttpForm.encode(shown);
        return page.length() > LONGEST_PAGE
                ? refused(Refusal.UNABLE)
                : new Start.Ask(
                        URI.create(page),
                        asked.person(),
                        asked.back(),
                        parameters -> answered(asked, exchange, parameters));
    }

    private static Start refused(Refusal why) {
        return new Start.Refused(why);
    }

    /// What was asked, until it is answered.
    private record Asked(Did did, NativeId person, AuthorizationServer server, URI back, String client, Pkce pkce) {}

    private Verdict answered(Asked asked, Exchange exchange, Map<String, String> parameters) {
        // RFC 9207: what does not say from whom it is may be of anybody.
        if (!asked.server().issuer().equals(parameters.get("iss"))) {
            return new Verdict.Refused(Refusal.SOMEBODY_ELSE);
        }
        if (parameters.containsKey("error")) {
            return new Verdict.Refused(Refusal.DECLINED);
        }
        Optional<String> code = Optional.ofNullable(parameters.get("code")).filter(given -> !given.isBlank());
        if (code.isEmpty()) {
            return new Verdict.Refused(Refusal.STALE);
        }
        try {
            OutboundHttp.Answer answer = exchange.post(
                    new Deadline(http, PATIENCE, clock),
                    asked.server().token(),
                    Map.of(
                            "grant_type", "authorization_code",
                            "code", code.get(),
                            "redirect_uri", asked.back().toString(),
                            "client_id", asked.client(),
                            "code_verifier", asked.pkce().verifier()));
            Optional<DataMap> token = answer.status() == 200 ? Json.object(answer) : Optional.empty();
            if (token.isEmpty()) {
                LOG.info("not signed in: {} answers {}", asked.server().host(), reason(answer));
                return new Verdict.Refused(Refusal.STALE);
            }
            token.get().text("access_token").ifPresent(text -> revoke(asked, exchange, text));
            return speaksFor(asked.did(), token.get())
                    ? new Verdict.Proven(asked.person())
                    : new Verdict.Refused(Refusal.SOMEBODY_ELSE);
        } catch (Unavailable e) {
            LOG.info("not signed in: {} does not answer", asked.server().host());
            return new Verdict.Refused(Refusal.SILENT);
        }
    }

    private static boolean speaksFor(Did did, DataMap token) {
        boolean granted = token.text("scope")
                .filter(scope -> Arrays.asList(scope.split(" ")).contains(AuthorizationServer.SCOPE))
                .isPresent();
        return granted && token.text("sub").equals(Optional.of(did.value()));
    }

    /// However little time is left: one request.
    private void revoke(Asked asked, Exchange exchange, String token) {
        try {
            asked.server()
                    .revoke()
                    .ifPresent(
                            place -> exchange.post(http, place, Map.of("client_id", asked.client(), "token", token)));
        } catch (RuntimeException e) {
            // They are who they are, and it ends by itself.
            LOG.info(
                    "a token is not taken back: {} does not answer",
                    asked.server().host());
        }
    }

    /// Nothing that a server writes goes into a log but its word for what is wrong.
    private static String reason(OutboundHttp.Answer answer) {
        String error = Json.object(answer).flatMap(said -> said.text("error")).orElse("");
        return answer.status() + (error.matches("[a-z_]{1,60}") ? " " + error : "");
    }

    /// The requests of one sign-in to one server, which may want to see a word of its own in each proof
    /// ([RFC 9449 §8](https://www.rfc-editor.org/rfc/rfc9449#section-8)).
    private static final class Exchange {
        private final InstantSource clock;
        private final ProofOfPossession key;
        private volatile Optional<String> nonce = Optional.empty();

        Exchange(InstantSource clock, ProofOfPossession key) {
            this.clock = clock;
            this.key = key;
        }

        OutboundHttp.Answer post(OutboundHttp http, URI place, Map<String, String> fields) {
            OutboundHttp.Answer answer = once(http, place, fields);
            boolean again = answer.status() / 100 == 4
                    && Json.object(answer).flatMap(said -> said.text("error")).equals(Optional.of("use_dpop_nonce"));
            return again ? once(http, place, fields) : answer;
        }

        private OutboundHttp.Answer once(OutboundHttp http, URI place, Map<String, String> fields) {
            OutboundHttp.Answer answer =
                    AuthorizationServer.post(http, place, key.of("POST", place, nonce, clock.instant()), fields);
            answer.header("dpop-nonce").ifPresent(wanted -> nonce = Optional.of(wanted));
            return answer;
        }
    }
}
