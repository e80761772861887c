package dev.drawbridge.console.oidc;

import java.net.URI;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What a provider says about itself
/// ([OpenID Connect Discovery §4](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig)).
///
/// @param authorization where somebody says yes
/// @param namesItself whether every answer says whose it is
/// ([RFC 9207](https://www.rfc-editor.org/rfc/rfc9207#section-3))
/// @param secretInBody whether a secret goes into the body, as it is not taken as a password
record Metadata(
        URI authorization, URI token, URI keys, Optional<URI> userinfo, boolean namesItself, boolean secretInBody) {
    /// Where a provider describes itself.
    static URI at(String issuer) {
        return URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
    }

    /// @throws Refusal if it is not that provider's, or not enough
    static Metadata read(JsonNode said, OidcClient client) {
        if (!said.path("issuer").asString("").equals(client.issuer())) {
            throw away("calls itself " + said.path("issuer").asString("nothing"));
        }
        if (says(said, "code_challenge_methods_supported")
                && !names(said, "code_challenge_methods_supported", "S256")) {
            throw away("does without PKCE");
        }
        boolean password = !says(said, "token_endpoint_auth_methods_supported")
                || names(said, "token_endpoint_auth_methods_supported", "client_secret_basic");
        return new Metadata(
                endpoint(said, "authorization_endpoint", client)
                        .orElseThrow(() -> away("has no authorization_endpoint")),
                endpoint(said, "token_endpoint", client).orElseThrow(() -> away("has no token_endpoint")),
                endpoint(said, "jwks_uri", client).orElseThrow(() -> away("has no jwks_uri")),
                endpoint(said, "userinfo_endpoint", client),
                said.path("authorization_response_iss_parameter_supported").asBoolean(false),
                !password);
    }

    private static boolean says(JsonNode said, String list) {
        return said.path(list).isArray();
    }

    private static boolean names(JsonNode said, String list, String word) {
        return StreamSupport.stream(said.path(list).spliterator(), false)
                .anyMatch(one -> one.asString("").equals(word));
    }

    /// As safe as the issuer is; and of one on a private address, on its own origin, so that nothing else there is
    /// asked.
    private static Optional<URI> endpoint(JsonNode said, String name, OidcClient client) {
        String text = said.path(name).asString("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        URI issuer = URI.create(client.issuer());
        try {
            URI uri = URI.create(text);
            boolean safe = "https".equals(uri.getScheme()) || issuer.getScheme().equals(uri.getScheme());
            boolean whole = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            boolean own = !client.near() || issuer.getRawAuthority().equals(uri.getRawAuthority());
            if (safe && whole && own) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw away("has its " + name + " where nobody is sent");
    }

    private static Refusal away(String what) {
        return new Refusal(Refusal.Why.AWAY, "the provider " + what);
    }
}
