package dev.drawbridge.model.port;

import dev.drawbridge.model.Loss;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What crossed, what did not, and what was lost on the way: for the pages, the author and the operator. Bounded.
public interface Crossings {
    /// How a delivery ended, or where it stands.
    enum State {
        CROSSED,
        WAITING,
        SKIPPED,
        REFUSED,
        GIVEN_UP
    }

    /// @param id the delivery's id; a later state replaces an earlier one
    /// @param activity the kind of activity: `Publish`, `Follow`, …
    /// @param author who did it
    /// @param original the object or activity that crosses
    /// @param copy what it became
    /// @param reason why it waits or does not cross; empty if it crossed
    /// @param took from receipt to this state
    /// @param listed whether it is a post that its author put into public timelines
    record Crossing(
            String id,
            String activity,
            NativeId author,
            NativeId original,
            Network target,
            Optional<NativeId> copy,
            State state,
            String reason,
            List<Loss> losses,
            Duration took,
            Instant at,
            boolean listed) {
        public Crossing {
            losses = List.copyOf(losses);
        }

        /// One that is no post for public timelines.
        public Crossing(
                String id,
                String activity,
                NativeId author,
                NativeId original,
                Network target,
                Optional<NativeId> copy,
                State state,
                String reason,
                List<Loss> losses,
                Duration took,
                Instant at) {
            this(id, activity, author, original, target, copy, state, reason, losses, took, at, false);
        }
    }

    void record(Crossing crossing);

    List<Crossing> newest(int limit);

    long count(State state);
}
