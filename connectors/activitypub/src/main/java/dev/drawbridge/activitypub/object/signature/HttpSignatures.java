package dev.drawbridge.activitypub.object.signature;

import java.time.Instant;

/// Reads the signature of a request, whichever generation it is of.
public final class HttpSignatures {
    private HttpSignatures() {}

    /// Checks everything but the key: what is covered, the digest of the body, the time.
    public static SignatureClaim read(SignedRequest request, Instant now) {
        if (request.header("signature").isEmpty()) {
            return new SignatureClaim.Unsigned();
        }
        return request.header("signature-input").isPresent()
                ? MessageSignature.read(request, now)
                : CavageSignature.read(request, now);
    }
}
