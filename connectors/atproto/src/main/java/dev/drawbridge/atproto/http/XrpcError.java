package dev.drawbridge.atproto.http;

import dev.drawbridge.atproto.record.cbor.DataJson;
import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.model.spi.HttpReply;

/// An answer that says no, with the names the reference server uses.
///
/// Spec: [Error responses](https://atproto.com/specs/xrpc#error-responses)
final class XrpcError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String name;

    XrpcError(int status, String name, String message) {
        super(message, null, false, false);
        this.status = status;
        this.name = name;
    }

    static XrpcError invalidRequest(String message) {
        return new XrpcError(400, "InvalidRequest", message);
    }

    /// Nothing in the request says who asks.
    static XrpcError authenticationMissing() {
        return new XrpcError(401, "AuthMissing", "Authentication Required");
    }

    static XrpcError tooMany() {
        return new XrpcError(429, "RateLimitExceeded", "Rate Limit Exceeded");
    }

    HttpReply reply() {
        return HttpReply.json(
                status,
                DataJson.write(DataMap.builder()
                        .put("error", name)
                        .put("message", String.valueOf(getMessage()))
                        .build()));
    }
}
