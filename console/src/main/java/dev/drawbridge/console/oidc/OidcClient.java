package dev.drawbridge.console.oidc;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What the operator agreed on with a provider.
///
/// @param issuer what it calls itself, letter by letter
/// @param id what it calls this instance
/// @param secret what shows that it is this instance; empty if PKCE has to do
/// @param allow whom it may bring in
/// @param scopes what is asked for beside `openid`
/// @param near whether it may live on a private address: then everything of it is on one origin
public record OidcClient(
        String issuer, String id, Optional<String> secret, List<Admission> allow, List<String> scopes, boolean near) {
    public OidcClient {
        allow = List.copyOf(allow);
        scopes = List.copyOf(scopes);
    }

    /// Whose pages they are, for people.
    public String host() {
        return URI.create(issuer).getRawAuthority();
    }

    /// Whether somebody is let in for what may stand in no ID token.
    boolean asksForMore() {
        return allow.stream().anyMatch(one -> !(one instanceof Admission.Subject));
    }

    @Override
    public String toString() {
        return "client " + id + " of " + issuer;
    }
}
