package dev.drawbridge.console.oidc;

import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.HttpForm;
import dev.drawbridge.model.spi.Pkce;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Asks a provider who somebody is. What it says about itself is kept for an hour; of a token nothing is kept.
public final class OpenIdProvider {
    private static final Duration GOOD = Duration.ofHours(1);
    /// How long a description that could not be had is not asked for.
    private static final Duration PAUSE = Duration.ofSeconds(15);
    /// How long somebody waits for the answer to somebody else.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /// How long ago somebody may have shown who they are, who was to show it anew: the provider's clock is another.
    private static final Duration LATELY = Duration.ofMinutes(5);
    private static final int BYTES = 32;

    private final OidcClient client;
    private final URI back;
    private final ProviderLine line;
    private final ProviderKeys keys;
    private final ProviderTokens tokens;
    private final SecureRandom random;
    private final InstantSource clock;
    /// Held by who asks the provider about itself.
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<Known> known = Optional.empty();
    private volatile Optional<Failed> failed = Optional.empty();

    private record Known(Metadata metadata, Instant since) {}

    private record Failed(Refusal refusal, Instant at) {}

    /// @param back where the provider sends people back to
    public OpenIdProvider(OidcClient client, URI back, OutboundHttp http, SecureRandom random, InstantSource clock) {
        this.client = client;
        this.back = back;
        this.line = new ProviderLine(http);
        this.keys = new ProviderKeys(place -> line.get(place, Map.of()), clock);
        this.tokens = new ProviderTokens(client, clock);
        this.random = random;
        this.clock = clock;
    }

    /// Whose pages people are sent to.
    public String host() {
        return client.host();
    }

    /// A question that was begun, and is answered once.
    ///
    /// @param page where it is asked
    /// @param nonce what the answer has to repeat
    /// @param again whether they have to show who they are, also if the provider knows them already
    public record Question(URI page, String nonce, Pkce pkce, boolean again) {}

    /// Who is let in.
    ///
    /// @param name how the audit names them
    /// @param subject what the provider calls them for good
    /// @param session what it calls their session there; empty if it does not say
    /// @param issued when it said so, by its clock
    /// @param shown when they showed the provider who they are; empty if it does not say
    public record Entered(
            String name, String subject, Optional<String> session, Instant issued, Optional<Instant> shown) {}

    /// Somebody signed out at the provider: of one session there, or of all.
    ///
    /// @param word its own, good once
    /// @param at when, by the provider's clock
    public record SignOut(String word, Optional<String> subject, Optional<String> session, Instant at) {}

    /// How something is asked of the provider.
    public interface Asking {
        /// @return what the question brings
        <T> T ask(Supplier<T> question);
    }

    /// Whoever brings what the provider did not sign does not hold up what it did: as long as its keys are kept, the
    /// provider is not asked about that.
    ///
    /// @param token as the provider brought it
    /// @param asking called if the provider has to be asked for its keys
    /// @throws Refusal if it is not right
    public SignOut signOut(String token, Asking asking) {
        JsonNode claims = tokens.checkSignOut(
                token,
                (header, signed) -> keys.kept(header, signed)
                        || asking.ask(() -> keys.any(header, metadata().keys(), signed)));
        Optional<String> subject = Person.word(claims, "sub");
        Optional<String> session = Person.word(claims, "sid");
        if (subject.isEmpty() && session.isEmpty()) {
            throw new Refusal(Refusal.Why.WRONG, "nobody is said to have signed out");
        }
        return new SignOut(claims.path("jti").asString(""), subject, session, issued(claims));
    }

    private static Instant issued(JsonNode claims) {
        return Instant.ofEpochSecond((long) claims.path("iat").asDouble(0));
    }

    /// @param state what comes back with the answer
    /// @param again whether they have to show who they are, also if the provider knows them already
    /// @throws Refusal if the provider cannot be asked
    public Question begin(String state, boolean again) {
        Metadata metadata = metadata();
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String nonce = HexFormat.of().formatHex(bytes);
        Pkce pkce = Pkce.make(random);
        var fields = new LinkedHashMap<String, String>();
        fields.put("response_type", "code");
        fields.put("client_id", client.id());
        fields.put("redirect_uri", back.toString());
        fields.put("scope", scope());
        fields.put("state", state);
        fields.put("nonce", nonce);
        fields.put("code_challenge", pkce.challenge());
        fields.put("code_challenge_method", "S256");
        // When they showed it, so that whoever just did is not asked once more.
        fields.put("claims", "{\"id_token\":{\"auth_time\":{\"essential\":true}}}");
        if (again) {
            // The first makes it say when that was; the second is for those that know no ages.
            fields.put("max_age", "0");
            fields.put("prompt", "login");
        }
        String place = metadata.authorization().toString();
        return new Question(
                URI.create(place + (place.contains("?") ? "&" : "?") + HttpForm.encode(fields)), nonce, pkce, again);
    }

    private String scope() {
        var all = new TreeSet<>(client.scopes());
        all.remove("openid");
        return String.join(" ", all.isEmpty() ? List.of("openid") : List.of("openid", String.join(" ", all)));
    }

    /// @param answer what the provider sent along with somebody
    /// @return who is let in
    /// @throws Refusal if nobody is
    public Entered read(Question question, Map<String, String> answer) {
        Metadata metadata = metadata();
        String issuer = answer.getOrDefault("iss", metadata.namesItself() ? "" : client.issuer());
        if (!issuer.equals(client.issuer())) {
            throw new Refusal(Refusal.Why.WRONG, "the answer is of another provider");
        }
        if (answer.containsKey("error")) {
            throw new Refusal(Refusal.Why.DECLINED, "the provider did not say yes");
        }
        JsonNode granted = exchange(metadata, question, answer.getOrDefault("code", ""));
        JsonNode claims = tokens.check(
                granted.path("id_token").asString(""),
                question.nonce(),
                (header, signed) -> keys.any(header, metadata.keys(), signed));
        Optional<Instant> shown = ProviderTokens.shown(claims);
        if (question.again() && shown.filter(this::lately).isEmpty()) {
            throw new Refusal(Refusal.Why.WRONG, "the provider did not ask them who they are");
        }
        Person person = Person.of(claims);
        Function<Person, Entered> entered =
                who -> new Entered(who.name(), person.subject(), Person.word(claims, "sid"), issued(claims), shown);
        if (admitted(person)) {
            return entered.apply(person);
        }
        Person told = more(metadata, granted, person).orElse(person);
        if (admitted(told)) {
            return entered.apply(told);
        }
        String doubt = told.doubted() ? ", of whom the provider does not say that the address is theirs" : "";
        throw new Refusal(Refusal.Why.STRANGER, "nobody lets in " + person.subject() + doubt);
    }

    private boolean lately(Instant shown) {
        return shown.plus(LATELY).isAfter(clock.instant());
    }

    private boolean admitted(Person person) {
        return client.allow().stream().anyMatch(one -> one.admits(person));
    }

    private JsonNode exchange(Metadata metadata, Question question, String code) {
        if (code.isEmpty()) {
            throw new Refusal(Refusal.Why.WRONG, "the answer has no code");
        }
        var form = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                back.toString(),
                "code_verifier",
                question.pkce().verifier()));
        var headers = new HashMap<String, String>();
        if (client.secret().isPresent() && !metadata.secretInBody()) {
            headers.put(
                    "authorization",
                    "Basic " + password(client.id(), client.secret().get()));
        } else {
            form.put("client_id", client.id());
            client.secret().ifPresent(secret -> form.put("client_secret", secret));
        }
        return line.post(metadata.token(), headers, form);
    }

    /// Each part encoded as a field of a form
    /// ([RFC 6749 §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    private static String password(String id, String secret) {
        String both =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /// What many providers say only when asked for it
    /// ([OpenID Connect Core §5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)): of the same
    /// person as the token, or of nobody.
    private Optional<Person> more(Metadata metadata, JsonNode granted, Person person) {
        String access = granted.path("access_token").asString("");
        if (!client.asksForMore() || access.isEmpty() || metadata.userinfo().isEmpty()) {
            return Optional.empty();
        }
        JsonNode said = line.get(metadata.userinfo().get(), Map.of("authorization", "Bearer " + access));
        Person told = Person.of(said);
        if (!told.subject().equals(person.subject())) {
            throw new Refusal(Refusal.Why.WRONG, "the provider speaks of somebody else");
        }
        return Optional.of(told);
    }

    private Metadata metadata() {
        Instant now = clock.instant();
        return kept(now).orElseGet(() -> inTurn(() -> kept(now).orElseGet(() -> described(now))));
    }

    /// @throws Refusal if it was asked a moment ago, in vain
    private Optional<Metadata> kept(Instant now) {
        Optional<Metadata> kept =
                known.filter(k -> now.isBefore(k.since().plus(GOOD))).map(Known::metadata);
        if (kept.isEmpty()) {
            failed.filter(f -> now.isBefore(f.at().plus(PAUSE))).ifPresent(f -> {
                throw f.refusal().again();
            });
        }
        return kept;
    }

    private Metadata described(Instant now) {
        try {
            Metadata read = Metadata.read(line.get(Metadata.at(client.issuer()), Map.of()), client);
            known = Optional.of(new Known(read, now));
            return read;
        } catch (Refusal e) {
            failed = Optional.of(new Failed(e, now));
            throw e;
        }
    }

    /// One asks, and others wait for a moment: a provider that does not answer holds up nothing else.
    private <T> T inTurn(Supplier<T> question) {
        try {
            if (!asking.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Refusal(Refusal.Why.AWAY, "the provider is being asked about itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Refusal.Why.AWAY, "this instance stops");
        }
        try {
            return question.get();
        } finally {
            asking.unlock();
        }
    }
}
