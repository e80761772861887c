package dev.drawbridge.model.spi;

import dev.drawbridge.model.ObjectRef;
import java.time.Duration;
import java.util.Optional;

/// How one attempt to deliver ended.
public sealed interface DeliveryOutcome {
    /// The destination has it.
    ///
    /// @param copy the copy with the version its network gave it, where the activity made one
    record Delivered(Optional<ObjectRef> copy) implements DeliveryOutcome {}

    /// Not now. The destination waits, with everything that follows for it.
    ///
    /// @param after how long the destination asked to be left alone
    /// @param asked whether the destination was asked at all: if not, this says nothing about it
    record Retry(Optional<Duration> after, String reason, boolean asked) implements DeliveryOutcome {
        /// One that was asked.
        public Retry(Optional<Duration> after, String reason) {
            this(after, reason, true);
        }

        /// One that was spared.
        public static Retry notAsked(Duration after, String reason) {
            return new Retry(Optional.of(after), reason, false);
        }
    }

    /// The destination will never take this one; others may still go.
    record Refused(String reason) implements DeliveryOutcome {}

    /// The destination itself is gone for good: forget it.
    record Gone(String reason) implements DeliveryOutcome {}
}
