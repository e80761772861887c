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
import tools.jackson.databind.JsonNode;

/// Asks a provider who somebody is. What it says about itself is kept for an hour; of a token nothing is kept.
public final class OpenIdProvider {
    private static final Duration GOOD = Duration.ofHours(1);
    private static final int BYTES = 32;

    private final OidcClient client;
    private final URI back;
    private final ProviderLine line;
    private final ProviderKeys keys;
    private final IdTokens tokens;
    private final SecureRandom random;
    private final InstantSource clock;
    private volatile Optional<Known> known = Optional.empty();

    private record Known(Metadata metadata, Instant since) {}

    /// @param back where the provider sends people back to
    public OpenIdProvider(OidcClient client, URI back, OutboundHttp http, SecureRandom random, InstantSource clock) {
        this.client = client;
        this.back = back;
        this.line = new ProviderLine(http);
        this.keys = new ProviderKeys(place -> line.get(place, Map.of()), clock);
        this.tokens = new IdTokens(client, clock);
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
    public record Question(URI page, String nonce, Pkce pkce) {}

    /// @param state what comes back with the answer
    /// @throws Refusal if the provider cannot be asked
    public Question begin(String state) {
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
        String place = metadata.authorization().toString();
        return new Question(
                URI.create(place + (place.contains("?") ? "&" : "?") + HttpForm.encode(fields)), nonce, pkce);
    }

    private String scope() {
        var all = new TreeSet<>(client.scopes());
        all.remove("openid");
        return String.join(" ", all.isEmpty() ? List.of("openid") : List.of("openid", String.join(" ", all)));
    }

    /// @param answer what the provider sent along with somebody
    /// @return how the audit names who is let in
    /// @throws Refusal if nobody is
    public String read(Question question, Map<String, String> answer) {
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
                granted.path("id_token").asString(""), question.nonce(), header -> keys.of(header, metadata.keys()));
        Person person = Person.of(claims);
        if (admitted(person)) {
            return person.name();
        }
        return more(metadata, granted, person)
                .filter(this::admitted)
                .map(Person::name)
                .orElseThrow(() -> new Refusal(Refusal.Why.STRANGER, "nobody lets in " + person.subject()));
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
        Optional<Known> kept = known.filter(k -> now.isBefore(k.since().plus(GOOD)));
        if (kept.isPresent()) {
            return kept.get().metadata();
        }
        Metadata read = Metadata.read(line.get(Metadata.at(client.issuer()), Map.of()), client);
        known = Optional.of(new Known(read, now));
        return read;
    }
}
