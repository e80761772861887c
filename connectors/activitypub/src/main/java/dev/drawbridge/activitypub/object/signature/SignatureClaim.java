package dev.drawbridge.activitypub.object.signature;

import java.util.List;

/// What a request says about who signed it, before anybody looked at a key.
public sealed interface SignatureClaim {
    /// Everything that can be checked without the key holds.
    ///
    /// @param keyId the key it names
    /// @param messages the request is signed if the signature fits any of these
    record Claimed(String keyId, List<byte[]> messages, byte[] signature) implements SignatureClaim {}

    /// Not signed at all.
    record Unsigned() implements SignatureClaim {}

    /// Signed in a way that proves nothing.
    ///
    /// @param reason for the sender's operator to read
    record Rejected(String reason) implements SignatureClaim {}
}
