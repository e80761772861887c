package dev.drawbridge.activitypub.wire;

import dev.drawbridge.activitypub.object.As2;
import dev.drawbridge.activitypub.object.Documents;
import dev.drawbridge.activitypub.object.Reading;
import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.port.OutboundHttp;
import dev.drawbridge.model.spi.HttpForm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A server that asks its people whether somebody may know who they are: where it does so, by
/// [RFC 8414](https://www.rfc-editor.org/rfc/rfc8414), or where Mastodon has it. Everything is on one origin, and no
/// redirect is followed: who controls the origin controls its accounts, and nobody else has a say.
///
/// See [Mastodon's methods](https://docs.joinmastodon.org/methods/oauth/).
///
/// @param origin scheme, host and port
/// @param authorize where people are asked
/// @param token where their answer becomes a token
/// @param register where we introduce ourselves
/// @param scope what we ask for: who they are, and nothing else
/// @param signs whether each of its answers says from whom it is ([RFC 9207](https://www.rfc-editor.org/rfc/rfc9207))
record OAuthServer(String origin, URI authorize, URI token, URI register, String scope, boolean signs) {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long LONGEST = 200_000;
    /// What the newest servers call it, and what all of them do.
    private static final String PROFILE = "profile";

    private static final String READ_ACCOUNTS = "read:accounts";

    /// Does not answer, or with something that cannot be used.
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean silent;

        Unusable(boolean silent, String message) {
            super(message);
            this.silent = silent;
        }

        /// Whether it may be different later.
        boolean isSilent() {
            return silent;
        }
    }

    /// @param actor somebody of the server
    /// @throws Unusable if it cannot be asked
    static OAuthServer of(String actor, OutboundHttp http) {
        URI home = URI.create(actor);
        String origin = home.getScheme() + "://" + home.getRawAuthority();
        URI metadata = URI.create(origin + "/.well-known/oauth-authorization-server");
        OutboundHttp.Answer answer = send(http, "GET", metadata, Map.of("Accept", "application/json"), Map.of());
        if (answer.status() >= 500 || answer.status() == 429) {
            throw new Unusable(true, metadata + " answered " + answer.status());
        }
        return metadata(answer)
                .map(described -> described(origin, described))
                .orElseGet(() -> new OAuthServer(
                        origin,
                        URI.create(origin + "/oauth/authorize"),
                        URI.create(origin + "/oauth/token"),
                        URI.create(origin + "/api/v1/apps"),
                        READ_ACCOUNTS,
                        false));
    }

    /// Pleroma and others answer every address that they do not know with a page: only what names an issuer is a
    /// description.
    private static Optional<As2> metadata(OutboundHttp.Answer answer) {
        return answer.status() == 200 && Documents.parse(answer.body()) instanceof Reading.Read<As2>(As2 document)
                ? Optional.of(document).filter(found -> found.has("issuer"))
                : Optional.empty();
    }

    private static OAuthServer described(String origin, As2 metadata) {
        if (metadata.text("issuer")
                .filter(issuer -> Uris.sameOrigin(issuer, origin))
                .isEmpty()) {
            throw new Unusable(false, origin + " speaks for somebody else");
        }
        List<String> scopes = metadata.refs("scopes_supported");
        return new OAuthServer(
                origin,
                place(metadata, "authorization_endpoint", origin),
                place(metadata, "token_endpoint", origin),
                metadata.has("app_registration_endpoint")
                        ? place(metadata, "app_registration_endpoint", origin)
                        : URI.create(origin + "/api/v1/apps"),
                scopes.contains(PROFILE) ? PROFILE : READ_ACCOUNTS,
                metadata.flag("authorization_response_iss_parameter_supported").orElse(false));
    }

    private static URI place(As2 metadata, String name, String origin) {
        return metadata.text(name)
                .filter(address -> Uris.sameOrigin(address, origin))
                .flatMap(Uris::tryHttp)
                .orElseThrow(() -> new Unusable(false, origin + " has its " + name + " elsewhere"));
    }

    /// @throws Unusable if there is no answer
    OutboundHttp.Answer post(OutboundHttp http, URI place, Map<String, String> fields) {
        return send(http, "POST", place, Map.of("Accept", "application/json"), fields);
    }

    /// Asks with a token.
    ///
    /// @throws Unusable if there is no answer
    As2 get(OutboundHttp http, String path, String token) {
        URI place = URI.create(origin + path);
        var headers = Map.of("Accept", "application/json", "Authorization", "Bearer " + token);
        OutboundHttp.Answer answer = send(http, "GET", place, headers, Map.of());
        if (answer.status() != 200) {
            throw new Unusable(answer.status() >= 500, place + " answered " + answer.status());
        }
        return document(answer);
    }

    private static OutboundHttp.Answer send(
            OutboundHttp http, String method, URI place, Map<String, String> headers, Map<String, String> fields) {
        var all = new HashMap<>(headers);
        if (!fields.isEmpty()) {
            all.put("Content-Type", HttpForm.TYPE);
        }
        byte[] body = HttpForm.encode(fields).getBytes(StandardCharsets.US_ASCII);
        try {
            return http.send(new OutboundHttp.Request(method, place, all, body, LONGEST, PATIENCE, 0));
        } catch (OutboundHttp.OutboundException e) {
            boolean silent = switch (e.failure()) {
                case UNREACHABLE, TIMEOUT, TLS -> true;
                case FORBIDDEN_ADDRESS, UNKNOWN_HOST, TOO_LARGE -> false;
            };
            throw new Unusable(silent, place + ": " + e.failure());
        }
    }

    /// What an answer holds.
    ///
    /// @throws Unusable if it is not JSON
    static As2 document(OutboundHttp.Answer answer) {
        return switch (Documents.parse(answer.body())) {
            case Reading.Read<As2>(As2 document) -> document;
            case Reading.Unreadable<As2>(String field, String detail) ->
                throw new Unusable(false, answer.uri() + ": " + field + ": " + detail);
        };
    }

    /// Whether an answer came from it, where the answer says from whom it is, as it has to if the server said so.
    boolean speaks(Optional<String> issuer) {
        return issuer.map(from -> Uris.sameOrigin(from, origin)).orElse(!signs);
    }
}
