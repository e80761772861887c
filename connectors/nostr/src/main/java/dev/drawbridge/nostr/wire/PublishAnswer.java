package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.DeliveryOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What became of an event that was sent to a relay.
sealed interface PublishAnswer {
    /// `OK` ([NIP-01](https://nips.nostr.com/1)).
    record Said(boolean accepted, String message) implements PublishAnswer {}

    /// Nothing in time.
    record None(String reason) implements PublishAnswer {}

    /// What the engine makes of it: the word before the colon decides whether it is worth another try.
    ///
    /// @param copy what there is now if the relay has it
    default DeliveryOutcome outcome(Optional<ObjectRef> copy) {
        return switch (this) {
            case None(String reason) -> new DeliveryOutcome.Retry(Optional.empty(), reason);
            case Said(boolean accepted, String _) when accepted -> new DeliveryOutcome.Delivered(copy);
            case Said(boolean _, String message) -> refusal(message, copy);
        };
    }

    private static DeliveryOutcome refusal(String message, Optional<ObjectRef> copy) {
        int colon = message.indexOf(':');
        String word = colon < 0 ? "" : message.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            // "replaced" is not in the NIP: a later version is there, so nothing is missing.
            case "duplicate", "replaced" -> new DeliveryOutcome.Delivered(copy);
            case "rate-limited" -> new DeliveryOutcome.Retry(Optional.of(Duration.ofMinutes(1)), message);
            case "error" -> new DeliveryOutcome.Retry(Optional.empty(), message);
            default -> new DeliveryOutcome.Refused(message.isBlank() ? "refused without a reason" : message);
        };
    }
}
