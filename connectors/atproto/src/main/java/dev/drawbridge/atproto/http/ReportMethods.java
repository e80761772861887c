package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.Data;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidKey;
import dev.drawbridge.atproto.record.syntax.AtUri;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Nsid;
import dev.drawbridge.atproto.wire.Unavailable;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.HttpReply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// `com.atproto.moderation.createReport`: complaints about stand-ins, by people from elsewhere whose own server vouches
/// for them, or by owners of accounts here.
final class ReportMethods {
    private static final String METHOD = "com.atproto.moderation.createReport";
    /// As long as a name of a lexicon may be, and a fragment.
    private static final int LONGEST_TYPE = 512;

    private static final int LONGEST_REASON = 2_000;
    private static final int LONGEST_DID = 2_048;

    private final Owners owners;
    private final Reporting reporting;
    private final Did service;
    private final SignatureVerifier verifier;
    private final InstantSource clock;
    private final LoginAttempts turns;

    /// @param service this server
    ReportMethods(Owners owners, Reporting reporting, Did service, SignatureVerifier verifier, InstantSource clock) {
        this.owners = owners;
        this.reporting = reporting;
        this.service = service;
        this.verifier = verifier;
        this.clock = clock;
        turns = new LoginAttempts(clock);
    }

    Map<String, XrpcMethod> all() {
        return Map.of(METHOD, (XrpcMethod.Action) this::create);
    }

    private HttpReply create(HttpCall call) {
        Did by = by(call);
        turns.from(by.value());
        DataMap input = Xrpc.input(call);
        String type = input.text("reasonType")
                .filter(text -> text.length() <= LONGEST_TYPE
                        && Nsid.tryParse(text.replaceFirst("#.*", "")).isPresent())
                .orElseThrow(() -> wrong("reasonType"));
        String reason = input.text("reason").orElse("");
        if (reason.length() > LONGEST_REASON) {
            throw wrong("reason");
        }
        DataMap subject = input.map("subject").orElseThrow(() -> wrong("subject"));
        Instant now = clock.instant();
        String named = subject(subject);
        DataMap report = DataMap.builder()
                .put("subject", named)
                .put("type", type)
                .put("reason", reason)
                .build();
        DataMap document = DataMap.builder()
                .put("did", by.value())
                .put("time", now.toString())
                .put("report", report)
                .build();
        return switch (reporting.hear(document)) {
            case HEARD -> Xrpc.json(answer(input, by, number(by + " " + now + " " + named), now));
            case NOT_HERE -> throw XrpcError.invalidRequest("The subject is not on this server");
            case LATER -> throw new XrpcError(503, "ServiceUnavailable", "Try again in a minute");
        };
    }

    private static DataMap answer(DataMap input, Did by, long id, Instant now) {
        DataMap.Builder answer = DataMap.builder()
                .put("id", id)
                .putIfPresent("reasonType", input.get("reasonType"))
                .putIfPresent("subject", input.get("subject"))
                .put("reportedBy", by.value())
                .put("createdAt", now.toString());
        return answer.putIfPresent("reason", input.get("reason").filter(Data.Text.class::isInstance))
                .build();
    }

    /// Complaints are kept by what they are about, and have no numbers; clients want one.
    private static long number(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private static String subject(DataMap subject) {
        return switch (subject.type().orElse("")) {
            case "com.atproto.admin.defs#repoRef" ->
                subject.text("did").flatMap(Did::tryParse).map(Did::value).orElseThrow(() -> wrong("subject/did"));
            case "com.atproto.repo.strongRef" ->
                subject.text("uri")
                        .flatMap(AtUri::tryParse)
                        .filter(uri -> uri.path().isPresent())
                        .map(AtUri::toString)
                        .orElseThrow(() -> wrong("subject/uri"));
            default -> throw wrong("subject");
        };
    }

    /// Who complains.
    private Did by(HttpCall call) {
        String token = Tokens.bearer(call);
        Jwt jwt = Jwt.read(token).orElseThrow(() -> refused("BadJwt", "poorly formatted jwt"));
        return jwt.claims().has("scope") ? owners.of(call).did() : vouchedFor(jwt, call.remote());
    }

    private Did vouchedFor(Jwt jwt, String address) {
        if (!clock.instant().isBefore(jwt.expires())) {
            throw refused("JwtExpired", "jwt expired");
        }
        String audience = jwt.claims().text("aud").orElse("").replaceFirst("#.*", "");
        if (!audience.equals(service.value())) {
            throw refused("BadJwtAudience", "jwt audience does not match service did");
        }
        if (!jwt.claims().text("lxm").equals(Optional.of(METHOD))) {
            throw refused("BadJwtLexiconMethod", "bad jwt lexicon method (\"lxm\")");
        }
        Did issuer = jwt.claims()
                .text("iss")
                .filter(text -> text.length() <= LONGEST_DID)
                .flatMap(text -> Did.tryParse(text.replaceFirst("#.*", "")))
                .orElseThrow(() -> refused("BadJwtIss", "bad jwt issuer"));
        // Whom a token is said to be of is looked up before it can be checked.
        turns.from(address);
        try {
            if (!signed(jwt, issuer, false) && !signed(jwt, issuer, true)) {
                throw refused("BadJwtSignature", "jwt signature does not match jwt issuer");
            }
        } catch (Unavailable e) {
            throw new XrpcError(502, "UpstreamFailure", "The issuer's DID cannot be looked up now");
        }
        return issuer;
    }

    private boolean signed(Jwt jwt, Did issuer, boolean anew) {
        Optional<DidKey> key = reporting.key(issuer, anew);
        return key.filter(found -> jwt.isSignedBy(found, verifier)).isPresent();
    }

    private static XrpcError refused(String error, String message) {
        return new XrpcError(401, error, message);
    }

    private static XrpcError wrong(String field) {
        return XrpcError.invalidRequest("Input/" + field + " is not what it must be");
    }
}
