package dev.drawbridge.it.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import tools.jackson.databind.json.JsonMapper;

/// A Misskey since 2023.9, as a browser and an app meet it: it reads what an app is on the page that the app's id names
/// ([IndieAuth §4.2](https://indieauth.spec.indieweb.org/#client-information-discovery)), wants PKCE, asks whoever is
/// signed in there on a page of its own, names itself in each answer, and takes back what it gave for a code that is
/// shown twice. Mastodon's way to introduce an app it does not know.
///
/// See [Misskey's documentation](https://misskey-hub.net/en/docs/for-developers/api/token/oauth/).
final class MisskeyServer implements AutoCloseable {
    private static final String CONTEXT = "https://www.w3.org/ns/activitystreams";
    private static final String PUBLIC_KEY = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==
        -----END PUBLIC KEY-----
        """;

    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> transactions = new ConcurrentHashMap<>();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Map<String, Person> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile Person signedIn = Person.ALICE;
    private volatile UnaryOperator<Map<String, String>> onTheWay = UnaryOperator.identity();

    /// Who has an account there.
    enum Person {
        ALICE("9fq1u5k2o3"),
        BOB("9fq1u5k2o4");

        private final String id;

        Person(String id) {
            this.id = id;
        }

        String username() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Grant(Map<String, String> asked, Person person, Set<String> tokens, AtomicBoolean used) {}

    private MisskeyServer(HttpServer server) {
        this.server = server;
    }

    static MisskeyServer start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            var misskey = new MisskeyServer(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", misskey::serve);
            server.start();
            return misskey;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String actor(Person person) {
        return origin() + "/users/" + person.id;
    }

    /// From now on its pages are asked by this person's browser.
    void signIn(Person person) {
        signedIn = person;
    }

    /// What becomes of an answer on its way to the app.
    void onTheWay(UnaryOperator<Map<String, String>> change) {
        onTheWay = change;
    }

    /// What is given out and not taken back.
    Set<String> tokens() {
        return Set.copyOf(tokens.keySet());
    }

    /// How often something was asked for in exchange for a code.
    int exchanges() {
        return exchanges.get();
    }

    /// The code of somebody who said yes to another question of the same app.
    String codeOfAnother(String clientId, String redirect) {
        var asked = Map.of("client_id", clientId, "redirect_uri", redirect, "code_challenge", challenge("another"));
        return granted(asked, Person.ALICE);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String asked = exchange.getRequestMethod() + " " + uri.getPath();
            Map<String, String> query =
                    form(Optional.ofNullable(uri.getRawQuery()).orElse(""));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            switch (asked) {
                case "GET /favicon.ico" -> exchange.sendResponseHeaders(204, -1);
                case "GET /.well-known/webfinger" -> webFinger(exchange, query.getOrDefault("resource", ""));
                case "GET /.well-known/oauth-authorization-server" -> said(exchange, 200, metadata());
                case "GET /oauth/authorize" -> authorize(exchange, query);
                case "POST /oauth/decision" -> decide(exchange, form(body));
                case "POST /oauth/token" -> token(exchange, form(body));
                case "POST /api/i" -> whose(exchange, body);
                default -> actorOrNothing(exchange, uri);
            }
        }
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "issuer", origin(),
                "authorization_endpoint", origin() + "/oauth/authorize",
                "token_endpoint", origin() + "/oauth/token",
                "scopes_supported", List.of("read:account", "write:account", "read:notes"),
                "response_types_supported", List.of("code"),
                "grant_types_supported", List.of("authorization_code"),
                "service_documentation", "https://misskey-hub.net",
                "code_challenge_methods_supported", List.of("S256"),
                "authorization_response_iss_parameter_supported", true);
    }

    private void webFinger(HttpExchange exchange, String resource) throws IOException {
        String username = resource.replaceFirst("^acct:", "").split("@")[0];
        Optional<Person> person = List.of(Person.values()).stream()
                .filter(p -> p.username().equals(username))
                .findFirst();
        if (person.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var self = Map.of("rel", "self", "type", "application/activity+json", "href", actor(person.get()));
        said(exchange, 200, Map.of("subject", resource, "links", List.of(self)));
    }

    private void actorOrNothing(HttpExchange exchange, URI uri) throws IOException {
        Optional<Person> person = List.of(Person.values()).stream()
                .filter(p -> uri.getPath().equals("/users/" + p.id))
                .findFirst();
        if (person.isEmpty()) {
            said(exchange, 404, Map.of("error", Map.of("code", "UNKNOWN_API_ENDPOINT")));
            return;
        }
        String id = actor(person.get());
        var key = Map.of("id", id + "#main-key", "owner", id, "publicKeyPem", PUBLIC_KEY);
        var document = Map.of(
                "@context",
                List.of(CONTEXT, "https://w3id.org/security/v1"),
                "id",
                id,
                "type",
                "Person",
                "preferredUsername",
                person.get().username(),
                "name",
                person.get().username(),
                "inbox",
                id + "/inbox",
                "outbox",
                id + "/outbox",
                "publicKey",
                key);
        exchange.getResponseHeaders().add("content-type", "application/activity+json");
        send(exchange, 200, json.writeValueAsString(document));
    }

    /// Who is signed in is asked, if the app is what it says it is.
    private void authorize(HttpExchange exchange, Map<String, String> asked) throws IOException {
        URI id = URI.create(asked.getOrDefault("client_id", ""));
        Document app = page(id);
        boolean right = app.select("link[rel=redirect_uri][href]")
                        .eachAttr("abs:href")
                        .contains(asked.getOrDefault("redirect_uri", ""))
                && asked.getOrDefault("scope", "").equals("read:account")
                && asked.getOrDefault("response_type", "").equals("code")
                && asked.getOrDefault("code_challenge_method", "").equals("S256")
                && !asked.containsKey("client_secret");
        if (!right) {
            said(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String name = Optional.ofNullable(app.selectFirst(".h-app .p-name, .h-app.p-name"))
                .map(Element::text)
                .orElse(id.toString());
        String transaction = "transaction-" + transactions.size();
        transactions.put(transaction, asked);
        exchange.getResponseHeaders().add("content-type", "text/html; charset=utf-8");
        send(exchange, 200, """
            <!doctype html><html lang="en"><head><title>Misskey</title></head><body>
            <h1>Allow “%s” to access your account?</h1><p id="who">@%s</p>
            <form action="/oauth/decision" method="post"><input type="hidden" name="transaction_id" value="%s">
            <button name="login_token" value="%s">Accept</button><button name="cancel" value="cancel">Deny</button>
            </form></body></html>
            """.formatted(name, signedIn.username(), transaction, signedIn.name()));
    }

    private Document page(URI client) {
        try {
            var answer = this.client.send(HttpRequest.newBuilder(client).build(), HttpResponse.BodyHandlers.ofString());
            return Jsoup.parse(answer.statusCode() == 200 ? answer.body() : "", client.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void decide(HttpExchange exchange, Map<String, String> decision) throws IOException {
        Map<String, String> asked = Optional.ofNullable(transactions.remove(decision.get("transaction_id")))
                .orElseThrow();
        var answer = new LinkedHashMap<String, String>();
        if (decision.containsKey("cancel")) {
            answer.put("error", "access_denied");
        } else {
            answer.put("code", granted(asked, Person.valueOf(decision.get("login_token"))));
        }
        answer.put("state", asked.getOrDefault("state", ""));
        answer.put("iss", origin());
        String back = asked.get("redirect_uri") + "?" + query(onTheWay.apply(answer));
        exchange.getResponseHeaders().add("Location", back);
        exchange.sendResponseHeaders(302, -1);
    }

    private String granted(Map<String, String> asked, Person person) {
        String code = "code-" + grants.size();
        grants.put(code, new Grant(asked, person, ConcurrentHashMap.newKeySet(), new AtomicBoolean()));
        return code;
    }

    private void token(HttpExchange exchange, Map<String, String> shown) throws IOException {
        exchanges.incrementAndGet();
        Optional<Grant> grant = Optional.ofNullable(grants.get(shown.getOrDefault("code", "")));
        boolean again = grant.isPresent() && grant.get().used().getAndSet(true);
        if (again) {
            tokens.keySet().removeAll(grant.get().tokens());
        }
        boolean right = grant.isPresent()
                && !again
                && "authorization_code".equals(shown.get("grant_type"))
                && grant.get().asked().get("client_id").equals(shown.get("client_id"))
                && grant.get().asked().get("redirect_uri").equals(shown.get("redirect_uri"))
                && challenge(shown.getOrDefault("code_verifier", ""))
                        .equals(grant.get().asked().get("code_challenge"));
        if (!right) {
            said(exchange, 403, Map.of("error", "invalid_grant"));
            return;
        }
        String token = "token-of-" + shown.get("code");
        grant.get().tokens().add(token);
        tokens.put(token, grant.get().person());
        said(exchange, 200, Map.of("access_token", token, "token_type", "Bearer", "scope", "read:account"));
    }

    private void whose(HttpExchange exchange, String body) throws IOException {
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization"))
                .orElse("")
                .replaceFirst("^Bearer ", "");
        Optional<Person> person = Optional.ofNullable(tokens.get(token)).filter(_ -> body.equals("{}"));
        if (person.isEmpty()) {
            said(exchange, 401, Map.of("error", Map.of("code", "AUTHENTICATION_FAILED")));
            return;
        }
        said(
                exchange,
                200,
                Map.of("id", person.get().id, "username", person.get().username()));
    }

    private void said(HttpExchange exchange, int status, Map<String, ?> what) throws IOException {
        exchange.getResponseHeaders().add("content-type", "application/json");
        send(exchange, status, json.writeValueAsString(what));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// What a form, or the query of an address, says.
    static Map<String, String> form(String text) {
        var fields = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            String[] sides = pair.split("=", 2);
            if (sides.length == 2) {
                fields.put(
                        URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
