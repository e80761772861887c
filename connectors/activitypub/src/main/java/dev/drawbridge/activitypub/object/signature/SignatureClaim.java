package dev.drawbridge.activitypub.object.signature;

import dev.drawbridge.model.port.SignatureScheme;
import java.util.List;
import java.util.Optional;

/// What a request says about who signed it, before anybody looked at a key.
public sealed interface SignatureClaim {
    /// Everything that can be checked without the key holds.
    ///
    /// @param generation which kind of signature it is
    /// @param keyId the key it names
    /// @param scheme how it says it is signed; empty if the key decides
    /// @param messages the request is signed if the signature fits any of these
    record Claimed(
            Generation generation,
            String keyId,
            Optional<SignatureScheme> scheme,
            List<byte[]> messages,
            byte[] signature)
            implements SignatureClaim {}

    /// Not signed at all.
    record Unsigned() implements SignatureClaim {}

    /// Signed in a way that proves nothing.
    ///
    /// @param reason for the sender's operator to read
    record Rejected(String reason) implements SignatureClaim {}
}
