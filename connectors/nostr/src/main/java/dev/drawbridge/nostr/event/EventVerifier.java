package dev.drawbridge.nostr.event;

import dev.drawbridge.model.port.SignatureScheme;
import dev.drawbridge.model.port.SignatureVerifier;
import java.util.Optional;

/// Checks that an event is what its author signed ([NIP-01](https://nips.nostr.com/1)).
///
/// @param signatures where the mathematics is
public record EventVerifier(SignatureVerifier signatures) {
    /// What is wrong with the event, in words for its sender; empty if nothing is.
    public Optional<String> problem(Event event) {
        if (!event.unsigned().id().equals(event.id())) {
            return Optional.of("the id does not match the content");
        }
        boolean right = signatures.verify(
                SignatureScheme.BIP340, event.pubkey().bytes(), event.id().bytes(), event.signature());
        return right ? Optional.empty() : Optional.of("the signature does not match the author");
    }
}
