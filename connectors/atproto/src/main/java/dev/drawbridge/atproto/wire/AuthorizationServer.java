package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.port.OutboundHttp.Answer;
import dev.drawbridge.model.port.OutboundHttp.Request;
import dev.drawbridge.model.spi.HttpForm;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The server that asks the people of a PDS whether somebody may know who they are: the PDS names it, and it names
/// itself the same.
///
/// Spec: [OAuth](https://atproto.com/specs/oauth#authorization-servers),
/// [RFC 9728](https://www.rfc-editor.org/rfc/rfc9728), [RFC 8414](https://www.rfc-editor.org/rfc/rfc8414)
///
/// @param issuer how it calls itself, in every answer too
/// @param push where a request is left before anybody is sent there (RFC 9126)
/// @param authorize where people are asked
/// @param token where their answer becomes a token
/// @param revoke where a token is given back
record AuthorizationServer(String issuer, URI push, URI authorize, URI token, Optional<URI> revoke) {
    /// What it is asked for: who they are, and nothing else.
    static final String SCOPE = "atproto";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LONGEST = 200_000;
    private static final int LONGEST_PLACE = 500;

    /// @param pds of the account
    /// @param loopback whether it may be on this machine, without TLS
    /// @return empty if it has none, or one that lacks something that the network demands
    /// @throws Unavailable if one of both does not answer
    static Optional<AuthorizationServer> of(URI pds, boolean loopback, OutboundHttp http) {
        String resource = origin(pds);
        Optional<String> issuer = document(http, resource + "/.well-known/oauth-protected-resource")
                .filter(said -> said.text("resource").equals(Optional.of(resource)))
                .map(said -> said.texts("authorization_servers"))
                .filter(servers -> servers.size() == 1)
                .map(List::getFirst)
                .filter(server ->
                        web(server, loopback).map(AuthorizationServer::origin).equals(Optional.of(server)));
        return issuer.flatMap(name -> document(http, name + "/.well-known/oauth-authorization-server")
                .filter(said -> said.text("issuer").equals(Optional.of(name)))
                .filter(AuthorizationServer::isUsable)
                .flatMap(said -> described(name, said, loopback)));
    }

    private static boolean isUsable(DataMap said) {
        return said.texts("scopes_supported").contains(SCOPE)
                && said.texts("dpop_signing_alg_values_supported").contains("ES256")
                && said.texts("code_challenge_methods_supported").contains("S256")
                && said.bool("client_id_metadata_document_supported").orElse(false)
                && said.bool("authorization_response_iss_parameter_supported").orElse(false);
    }

    /// Everything is on its own origin: nobody else is asked, and people are sent nowhere else.
    private static Optional<AuthorizationServer> described(String issuer, DataMap said, boolean loopback) {
        Function<String, Optional<URI>> place = name -> said.text(name)
                .flatMap(text -> web(text, loopback))
                .filter(uri -> origin(uri).equals(issuer));
        Optional<URI> push = place.apply("pushed_authorization_request_endpoint");
        Optional<URI> authorize = place.apply("authorization_endpoint");
        Optional<URI> token = place.apply("token_endpoint");
        return push.isPresent() && authorize.isPresent() && token.isPresent()
                ? Optional.of(new AuthorizationServer(
                        issuer, push.get(), authorize.get(), token.get(), place.apply("revocation_endpoint")))
                : Optional.empty();
    }

    /// What a log may say of it.
    String host() {
        return token.getRawAuthority();
    }

    private static Optional<URI> web(String text, boolean loopback) {
        if (text.length() > LONGEST_PLACE) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || (loopback && "http".equals(uri.getScheme()));
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /// No redirect is followed: what is elsewhere is not theirs.
    private static Optional<DataMap> document(OutboundHttp http, String place) {
        var accept = Map.of("accept", "application/json");
        Answer answer =
                new Json(http).send(new Request("GET", URI.create(place), accept, new byte[0], LONGEST, PATIENCE, 0));
        return answer.status() == 200 ? Json.object(answer) : Optional.empty();
    }

    /// Leaves a form there, with a proof whose it is.
    ///
    /// @throws Unavailable if there is no answer
    static Answer post(OutboundHttp http, URI place, String proof, Map<String, String> fields) {
        var headers = Map.of("accept", "application/json", "content-type", HttpForm.TYPE, "dpop", proof);
        byte[] body = HttpForm.encode(fields).getBytes(StandardCharsets.US_ASCII);
        return new Json(http).send(new Request("POST", place, headers, body, LONGEST, PATIENCE, 0));
    }
}
