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
    /// @param messages it is signed if the signature fits any of these; none if only the activity is signed
    record Claimed(
            Generation generation,
            String keyId,
            Optional<SignatureScheme> scheme,
            List<byte[]> messages,
            byte[] signature)
            implements SignatureClaim {
        /// A request that nobody signed, with an activity that says it is signed itself.
        ///
        /// @param keyId the key the activity names
        /// @param signature what tells it from other ones of the same activity
        public static Claimed ofTheActivityOnly(String keyId, byte[] signature) {
            return new Claimed(Generation.CAVAGE, keyId, Optional.empty(), List.of(), signature);
        }

        /// Whether the request itself proves nothing.
        public boolean isOfTheActivityOnly() {
            return messages.isEmpty();
        }
    }

    /// Not signed at all.
    record Unsigned() implements SignatureClaim {}

    /// Signed in a way that proves nothing.
    ///
    /// @param reason for the sender's operator to read
    record Rejected(String reason) implements SignatureClaim {}
}
