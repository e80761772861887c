package dev.drawbridge.activitypub.support;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;

/// A Misskey with one person that asks them whether somebody may know who they are: it knows apps by a page of theirs
/// only, wants PKCE, names itself in what it answers, and takes back what it gave for a code that is shown twice.
public final class AskingMisskey implements LocalNet.Server {
    public static final String ORIGIN = "https://mi.example";
    private static final long LONGEST = 100_000;

    private final LocalNet net;
    private final RemoteServer person;
    private final Map<String, Grant> grants = new HashMap<>();
    /// What is given out and not taken back.
    public final Set<String> tokens = new HashSet<>();

    /// The id of the account that is signed in there.
    public String account = "9fq1u5k2o3";

    /// What it says about itself; empty for nothing, as before 2023.9.
    public String metadata = metadata("");

    private record Grant(Map<String, String> asked, Set<String> tokens) {}

    public AskingMisskey(LocalNet net, RemoteServer person) {
        this.net = net;
        this.person = person;
    }

    /// @param more fields, each with a comma behind it
    public static String metadata(String more) {
        return """
            {%1$s"issuer":"%2$s","authorization_endpoint":"%2$s/oauth/authorize","token_endpoint":"%2$s/oauth/token",
             "scopes_supported":["read:account","write:account","read:notes"],"response_types_supported":["code"],
             "grant_types_supported":["authorization_code"],"service_documentation":"https://misskey-hub.net",
             "code_challenge_methods_supported":["S256"],"authorization_response_iss_parameter_supported":true}
            """.formatted(more, ORIGIN);
    }

    /// They say yes on its page.
    ///
    /// @return what they are sent back with
    public Map<String, String> agree(URI page) {
        Map<String, String> asked = AskingServer.form(page.getRawQuery());
        URI client = URI.create(asked.getOrDefault("client_id", ""));
        boolean right = "https".equals(client.getScheme())
                && redirects(client).contains(asked.getOrDefault("redirect_uri", ""))
                && asked.getOrDefault("scope", "").equals("read:account")
                && asked.getOrDefault("response_type", "").equals("code")
                && asked.getOrDefault("code_challenge_method", "").equals("S256");
        if (!right) {
            throw new AssertionError("a Misskey would not ask that: " + asked);
        }
        String code = "code" + grants.size();
        grants.put(code, new Grant(asked, new HashSet<>()));
        return Map.of("code", code, "state", asked.getOrDefault("state", ""), "iss", ORIGIN);
    }

    /// Where the page of a client lets people be sent back to.
    private List<String> redirects(URI client) {
        var answer = net.send(new OutboundHttp.Request(
                "GET", client, Map.of("Accept", "*/*"), new byte[0], LONGEST, Duration.ofSeconds(5), 0));
        if (answer.status() != 200) {
            throw new AssertionError(client + " answers " + answer.status());
        }
        return Jsoup.parse(new String(answer.body(), StandardCharsets.UTF_8), client.toString())
                .select("link[rel=redirect_uri][href]")
                .eachAttr("abs:href");
    }

    @Override
    public HttpReply handle(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        String asked = method + " " + uri.getPath();
        if (asked.equals("GET " + URI.create(person.actor()).getPath())) {
            return HttpReply.of(200, "application/activity+json", Documents.write(person.document()));
        }
        return switch (asked) {
            case "GET /.well-known/oauth-authorization-server" ->
                metadata.isEmpty() ? HttpReply.of(404) : HttpReply.json(200, metadata);
            case "POST /oauth/token" -> token(AskingServer.form(new String(body, StandardCharsets.UTF_8)));
            case "POST /api/i" -> whose(headers, new String(body, StandardCharsets.UTF_8));
            default -> HttpReply.json(404, "{\"error\":{\"code\":\"UNKNOWN_API_ENDPOINT\"}}");
        };
    }

    private HttpReply token(Map<String, String> form) {
        Grant grant = grants.get(form.getOrDefault("code", ""));
        if (grant == null) {
            return invalid();
        }
        if (grant.asked().containsKey("used")) {
            grants.remove(form.get("code"));
            tokens.removeAll(grant.tokens());
            return invalid();
        }
        grant.asked().put("used", "yes");
        boolean right = form.getOrDefault("grant_type", "").equals("authorization_code")
                && form.getOrDefault("client_id", "").equals(grant.asked().get("client_id"))
                && form.getOrDefault("redirect_uri", "").equals(grant.asked().get("redirect_uri"))
                && AskingServer.challenge(form.getOrDefault("code_verifier", ""))
                        .equals(grant.asked().get("code_challenge"));
        if (!right) {
            return invalid();
        }
        String token = "token of " + form.get("code");
        grant.tokens().add(token.replace(' ', '-'));
        tokens.addAll(grant.tokens());
        return HttpReply.json(
                200,
                "{\"access_token\":\"" + token.replace(' ', '-')
                        + "\",\"token_type\":\"Bearer\",\"scope\":\"read:account\"}");
    }

    private static HttpReply invalid() {
        return HttpReply.json(
                403, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid authorization code\"}");
    }

    private HttpReply whose(Map<String, List<String>> headers, String body) {
        String token = headers.getOrDefault("authorization", List.of("")).getFirst();
        boolean json =
                headers.getOrDefault("content-type", List.of("")).getFirst().equals("application/json");
        return json && body.equals("{}") && tokens.contains(token.replaceFirst("^Bearer ", ""))
                ? HttpReply.json(200, "{\"id\":\"" + account + "\",\"username\":\"alice\",\"host\":null,\"uri\":null}")
                : HttpReply.json(401, "{\"error\":{\"code\":\"AUTHENTICATION_FAILED\"}}");
    }
}
