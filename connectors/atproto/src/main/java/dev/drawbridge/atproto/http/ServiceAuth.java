package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.store.Account;
import dev.drawbridge.model.spi.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// `com.atproto.server.getServiceAuth`: shows another server who somebody is, signed with the key of their repository.
///
/// Spec: [Inter-service authentication](https://atproto.com/specs/xrpc#inter-service-authentication-jwt)
final class ServiceAuth {
    private static final Duration USUAL = ServiceTokens.USUAL;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String BAD_EXPIRATION = "BadExpiration";

    /// What only somebody who signed in here can do.
    private static final Set<String> PROTECTED = Set.of(
            "com.atproto.admin.sendEmail",
            "com.atproto.identity.requestPlcOperationSignature",
            "com.atproto.identity.signPlcOperation",
            "com.atproto.identity.updateHandle",
            "com.atproto.server.activateAccount",
            "com.atproto.server.confirmEmail",
            "com.atproto.server.createAppPassword",
            "com.atproto.server.deactivateAccount",
            "com.atproto.server.getAccountInviteCodes",
            "com.atproto.server.getSession",
            "com.atproto.server.listAppPasswords",
            "com.atproto.server.requestAccountDelete",
            "com.atproto.server.requestEmailConfirmation",
            "com.atproto.server.requestEmailUpdate",
            "com.atproto.server.revokeAppPassword",
            "com.atproto.server.updateEmail");

    private final Owners owners;
    private final ServiceTokens tokens;
    private final InstantSource clock;

    ServiceAuth(Owners owners, ServiceTokens tokens, InstantSource clock) {
        this.owners = owners;
        this.tokens = tokens;
        this.clock = clock;
    }

    HttpReply issue(Params params) {
        Account account = owners.of(params.call());
        String audience = params.required("aud", ServiceAuth::audience, "did");
        Optional<Nsid> method = params.optional("lxm", Nsid::tryParse, "nsid");
        if (method.map(Nsid::value).filter(PROTECTED::contains).isPresent()) {
            throw XrpcError.invalidRequest(
                    "cannot request a service auth token for the following protected method: " + method.get());
        }
        Instant now = clock.instant();
        Instant end = params.optional("exp", ServiceAuth::seconds, "integer").orElse(now.plus(USUAL));
        check(now, end, method.isPresent());
        String token = tokens.issue(account, audience, end, method);
        return Xrpc.json(DataMap.builder().put("token", token).build());
    }

    private static void check(Instant now, Instant end, boolean named) {
        if (end.isBefore(now)) {
            throw new XrpcError(400, BAD_EXPIRATION, "expiration is in past");
        }
        if (end.isAfter(now.plus(LONGEST))) {
            throw new XrpcError(
                    400, BAD_EXPIRATION, "cannot request a token with an expiration more than an hour in the future");
        }
        if (!named && end.isAfter(now.plus(USUAL))) {
            throw new XrpcError(
                    400,
                    BAD_EXPIRATION,
                    "cannot request a method-less token with an expiration more than a minute in the future");
        }
    }

    /// A DID, perhaps with the name of one of its services.
    private static Optional<String> audience(String text) {
        return Did.tryParse(text.replaceFirst("#[A-Za-z0-9_.-]{1,64}$", "")).map(_ -> text);
    }

    private static Optional<Instant> seconds(String text) {
        return text.matches("\\d{1,11}") ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Optional.empty();
    }
}
