package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.spi.DeliveryOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What became of an event that was sent to a relay.
sealed interface PublishAnswer {
    /// `OK` ([NIP-01](https://nips.nostr.com/1)).
    record Said(boolean accepted, String message) implements PublishAnswer {}

    /// Nothing in time.
    ///
    /// @param sent whether the event left us, so that it may have arrived
    record None(String reason, boolean sent) implements PublishAnswer {
        static None after(Duration timeout, boolean sent) {
            return new None("no answer in " + timeout.toSeconds() + " s", sent);
        }
    }

    /// Whether the relay may have the event although it did not say so.
    default boolean mayHaveArrived() {
        return switch (this) {
            case None(String _, boolean sent) -> sent;
            case Said(boolean accepted, String _) -> accepted;
        };
    }

    /// What the engine makes of it: the word before the colon decides whether it is worth another try.
    default DeliveryOutcome outcome() {
        return switch (this) {
            case None(String reason, boolean _) -> new DeliveryOutcome.Retry(Optional.empty(), reason);
            case Said(boolean accepted, String _) when accepted -> new DeliveryOutcome.Delivered(Optional.empty());
            case Said(boolean _, String message) -> refusal(message);
        };
    }

    /// The word before the colon, in lower case; empty if there is none.
    static String word(String message) {
        int colon = message.indexOf(':');
        return colon < 0 ? "" : message.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    private static DeliveryOutcome refusal(String message) {
        return switch (word(message)) {
            // "replaced" is not in the NIP: a later version is there, so nothing is missing.
            case "duplicate", "replaced" -> new DeliveryOutcome.Delivered(Optional.empty());
            case "rate-limited" -> new DeliveryOutcome.Retry(Optional.of(Duration.ofMinutes(1)), message);
            case "error" -> new DeliveryOutcome.Retry(Optional.empty(), message);
            default -> new DeliveryOutcome.Refused(message.isBlank() ? "refused without a reason" : message);
        };
    }
}
