package dev.drawbridge.config.settings;

import dev.drawbridge.console.oidc.Admission;
import dev.drawbridge.console.oidc.OidcClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads what the operator agreed on with a provider: all that is needed, or nothing.
final class OidcReading {
    private static final List<CoreKey> OTHERS = List.of(
            CoreKey.OIDC_CLIENT_ID,
            CoreKey.OIDC_CLIENT_SECRET,
            CoreKey.OIDC_ALLOW,
            CoreKey.OIDC_SCOPES,
            CoreKey.OIDC_PRIVATE);

    private OidcReading() {}

    static Optional<OidcClient> of(Values v, boolean loopback) {
        Optional<String> issuer = v.get(CoreKey.OIDC_ISSUER);
        if (issuer.isEmpty()) {
            OTHERS.stream()
                    .filter(key -> v.get(key).isPresent())
                    .findFirst()
                    .ifPresent(key ->
                            v.wrong(CoreKey.OIDC_ISSUER, "is missing: without it " + key.key() + " means nothing"));
            return Optional.empty();
        }
        Optional<String> id = v.get(CoreKey.OIDC_CLIENT_ID);
        if (id.isEmpty()) {
            v.wrong(CoreKey.OIDC_CLIENT_ID, "is missing: what the provider calls this instance");
        }
        List<Admission> allow = allow(v);
        List<String> scopes = scopes(v, allow);
        boolean near = v.flag(CoreKey.OIDC_PRIVATE.key(), false);
        if (!isIssuer(issuer.get(), loopback)) {
            v.wrong(
                    CoreKey.OIDC_ISSUER,
                    "is not what a provider calls itself, an address with " + (loopback ? "http or https" : "https")
                            + " and without ? and #: " + issuer.get());
            return Optional.empty();
        }
        return Optional.of(
                new OidcClient(issuer.get(), id.orElse(""), v.get(CoreKey.OIDC_CLIENT_SECRET), allow, scopes, near));
    }

    private static boolean isIssuer(String text, boolean loopback) {
        try {
            URI uri = URI.create(text);
            boolean safe = "https".equals(uri.getScheme()) || (loopback && "http".equals(uri.getScheme()));
            return safe
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<Admission> allow(Values v) {
        List<String> said = v.list(CoreKey.OIDC_ALLOW);
        if (said.isEmpty()) {
            v.wrong(CoreKey.OIDC_ALLOW, "is missing: nobody would be let in");
        }
        said.stream()
                .filter(one -> Admission.parse(one).isEmpty())
                .forEach(one -> v.wrong(
                        CoreKey.OIDC_ALLOW, "has something that is none of sub:…, email:…@… and group:…: " + one));
        return said.stream().flatMap(one -> Admission.parse(one).stream()).toList();
    }

    /// What is asked for: the address, if somebody is let in for theirs, and what the operator adds.
    private static List<String> scopes(Values v, List<Admission> allow) {
        List<String> said = v.list(CoreKey.OIDC_SCOPES);
        said.stream()
                .filter(one -> !one.matches("[A-Za-z0-9_.:/-]+"))
                .forEach(one -> v.wrong(CoreKey.OIDC_SCOPES, "has something that is no scope: " + one));
        boolean email = allow.stream().anyMatch(one -> one instanceof Admission.Email);
        return email
                ? Stream.concat(Stream.of("email"), said.stream()).distinct().toList()
                : said;
    }
}
