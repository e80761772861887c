package dev.drawbridge.activitypub.support;

import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.model.spi.HttpReply;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A server with one person that asks them whether an app may know who they are, as Mastodon does: apps, authorization
/// codes that are good once and with their PKCE verifier only, tokens that can be taken back.
public final class AskingServer implements LocalNet.Server {
    public final Map<String, Map<String, String>> apps = new HashMap<>();
    public final Set<String> tokens = new HashSet<>();
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final RemoteServer person;
    /// What it says about whoever is signed in there.
    public String account;

    /// What it says about itself; empty for nothing.
    public String metadata = "";

    public AskingServer(RemoteServer person) {
        this.person = person;
        this.account = account("\"uri\":\"" + person.actor() + "\",");
    }

    public String origin() {
        return "https://" + URI.create(person.actor()).getAuthority();
    }

    /// @param more fields, each with a comma behind it
    public String account(String more) {
        return "{" + more + "\"id\":\"1\",\"username\":\"alice\",\"url\":\"" + origin() + "/@alice\"}";
    }

    public static String metadata(String issuer, String token) {
        return """
            {"issuer":"%1$s","authorization_endpoint":"%1$s/oauth/authorize","token_endpoint":"%2$s",
             "app_registration_endpoint":"%1$s/api/v1/apps","scopes_supported":["read","profile"]}
            """.formatted(issuer, token);
    }

    /// They say yes on its page.
    ///
    /// @return what they are sent back with
    public Map<String, String> agree(URI page) {
        Map<String, String> asked = form(page.getRawQuery());
        Map<String, String> app = apps.getOrDefault(asked.getOrDefault("client_id", ""), Map.of());
        if (!asked.getOrDefault("redirect_uri", "").equals(app.get("redirect_uris"))
                || !asked.getOrDefault("scope", "").equals(app.get("scopes"))
                || !asked.getOrDefault("response_type", "").equals("code")) {
            throw new AssertionError("a server would not ask that: " + asked);
        }
        String code = "code" + codes.size();
        codes.put(code, asked);
        return Map.of("code", code, "state", asked.getOrDefault("state", ""));
    }

    @Override
    public HttpReply handle(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        return switch (method + " " + uri.getPath()) {
            case "GET /users/alice" ->
                HttpReply.of(200, "application/activity+json", Documents.write(person.document()));
            case "GET /.well-known/oauth-authorization-server" ->
                metadata.isEmpty() ? HttpReply.of(404) : HttpReply.json(200, metadata);
            case "POST /api/v1/apps" -> register(form);
            case "POST /oauth/token" -> token(form);
            case "GET /api/v1/accounts/verify_credentials" ->
                tokens.contains(headers.getOrDefault(
                                        "Authorization", headers.getOrDefault("authorization", List.of("")))
                                .getFirst()
                                .replace("Bearer ", ""))
                        ? HttpReply.json(200, account)
                        : HttpReply.json(401, "{\"error\":\"The access token is invalid\"}");
            case "POST /oauth/revoke" -> {
                tokens.remove(form.get("token"));
                yield HttpReply.json(200, "{}");
            }
            default -> HttpReply.of(404);
        };
    }

    private HttpReply register(Map<String, String> form) {
        String id = "client" + apps.size();
        apps.put(id, form);
        return HttpReply.json(200, "{\"client_id\":\"" + id + "\",\"client_secret\":\"secret of " + id + "\"}");
    }

    private HttpReply token(Map<String, String> form) {
        String client = form.getOrDefault("client_id", "");
        if (!apps.containsKey(client) || !form.getOrDefault("client_secret", "").equals("secret of " + client)) {
            return HttpReply.json(401, "{\"error\":\"invalid_client\"}");
        }
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        boolean right = asked != null
                && form.getOrDefault("grant_type", "").equals("authorization_code")
                && client.equals(asked.get("client_id"))
                && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                && challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
        if (!right) {
            return HttpReply.json(400, "{\"error\":\"invalid_grant\"}");
        }
        String token = "token" + tokens.size();
        tokens.add(token);
        return HttpReply.json(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}");
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Map<String, String> form(String text) {
        var form = new HashMap<String, String>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> form.put(decoded(pair[0]), decoded(pair[1])));
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
