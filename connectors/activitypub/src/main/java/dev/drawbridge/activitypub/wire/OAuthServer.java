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
import java.util.stream.Stream;

/// A server that asks its people whether somebody may know who they are: where it does so, by
/// [RFC 8414](https://www.rfc-editor.org/rfc/rfc8414), or where Mastodon has it. Everything is on one origin, and no
/// redirect is followed: who controls the origin controls its accounts, and nobody else has a say.
///
/// See [Mastodon's methods](https://docs.joinmastodon.org/methods/oauth/), and
/// [Misskey's](https://misskey-hub.net/en/docs/for-developers/api/token/oauth/).
///
/// @param origin scheme, host and port
/// @param authorize where people are asked
/// @param token where their answer becomes a token
/// @param register where we introduce ourselves
/// @param scopes what can be asked for; empty if it does not say
/// @param signs whether each of its answers says from whom it is ([RFC 9207](https://www.rfc-editor.org/rfc/rfc9207))
record OAuthServer(String origin, URI authorize, URI token, URI register, List<String> scopes, boolean signs) {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final long LONGEST = 200_000;
    private static final String JSON_TYPE = "application/json";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final Map<String, String> JSON = Map.of("Accept", JSON_TYPE);
    private static final byte[] NOTHING = {};
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
    /// Who somebody is, as the newest servers call it, and as nearly all do.
    private static final String PROFILE = "profile";

    private static final String READ_ACCOUNTS = "read:accounts";
    /// As Misskey calls it.
    static final String READ_ACCOUNT = "read:account";
    /// As Pixelfed does, which knows nothing smaller.
    private static final String READ = "read";

    OAuthServer {
        scopes = List.copyOf(scopes);
    }

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
        OutboundHttp.Answer answer = send(http, "GET", metadata, JSON, NOTHING);
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
                        List.of(),
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
        return new OAuthServer(
                origin,
                place(metadata, "authorization_endpoint", origin),
                place(metadata, "token_endpoint", origin),
                metadata.has("app_registration_endpoint")
                        ? place(metadata, "app_registration_endpoint", origin)
                        : URI.create(origin + "/api/v1/apps"),
                metadata.refs("scopes_supported"),
                metadata.flag("authorization_response_iss_parameter_supported").orElse(false));
    }

    private static URI place(As2 metadata, String name, String origin) {
        return metadata.text(name)
                .filter(address -> Uris.sameOrigin(address, origin))
                .flatMap(Uris::tryHttp)
                .orElseThrow(() -> new Unusable(false, origin + " has its " + name + " elsewhere"));
    }

    /// Whether it may know us by a page of ours: what describes itself as Misskey does, and signs its answers.
    boolean readsPages() {
        return scopes.contains(READ_ACCOUNT) && signs;
    }

    /// What we ask for: who they are, and nothing else where the server can tell that apart. Of what it says that it
    /// knows the least that tells us, as others are refused.
    ///
    /// @throws Unusable if there is no answer
    String scope(OutboundHttp http) {
        if (scopes.isEmpty()) {
            return isPixelfed(http) ? READ : READ_ACCOUNTS;
        }
        return Stream.of(PROFILE, READ_ACCOUNTS, READ)
                .filter(scopes::contains)
                .findFirst()
                .orElse(READ_ACCOUNTS);
    }

    private boolean isPixelfed(OutboundHttp http) {
        URI place = URI.create(origin + "/api/v1/instance");
        OutboundHttp.Answer answer = send(http, "GET", place, JSON, NOTHING);
        return answer.status() == 200
                && Documents.parse(answer.body()) instanceof Reading.Read<As2>(As2 document)
                && document.text("version").orElse("").contains("Pixelfed");
    }

    /// @throws Unusable if there is no answer
    OutboundHttp.Answer post(OutboundHttp http, URI place, Map<String, String> fields) {
        var headers = Map.of("Accept", JSON_TYPE, CONTENT_TYPE, HttpForm.TYPE);
        return send(http, "POST", place, headers, HttpForm.encode(fields).getBytes(StandardCharsets.US_ASCII));
    }

    /// Asks with a token who it stands for.
    ///
    /// @throws Unusable if there is no answer
    As2 whose(OutboundHttp http, OAuthApp app, String token) {
        var headers = new HashMap<>(JSON);
        headers.put("Authorization", "Bearer " + token);
        var answer = switch (app) {
            case OAuthApp.Registered _ ->
                send(http, "GET", URI.create(origin + "/api/v1/accounts/verify_credentials"), headers, NOTHING);
            case OAuthApp.Described _ -> {
                headers.put(CONTENT_TYPE, JSON_TYPE);
                yield send(http, "POST", URI.create(origin + "/api/i"), headers, EMPTY);
            }
        };
        if (answer.status() != 200) {
            throw new Unusable(answer.status() >= 500, answer.uri() + " answered " + answer.status());
        }
        return document(answer);
    }

    private static OutboundHttp.Answer send(
            OutboundHttp http, String method, URI place, Map<String, String> headers, byte[] body) {
        try {
            return http.send(new OutboundHttp.Request(method, place, headers, body, LONGEST, PATIENCE, 0));
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
