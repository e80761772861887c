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
    /// How far back [#arrived(Instant)] reaches.
    Duration FLOW_KEPT = Duration.ofDays(2);

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

    /// How much arrived on one network within one hour.
    ///
    /// @param from its beginning
    /// @param minutes for each of its sixty minutes
    record Hour(Network target, Instant from, List<Long> minutes) {
        public static final int MINUTES = 60;

        public Hour {
            minutes = List.copyOf(minutes);
            if (minutes.size() != MINUTES) {
                throw new IllegalArgumentException("an hour has sixty minutes, not " + minutes.size());
            }
        }
    }

    void record(Crossing crossing);

    List<Crossing> newest(int limit);

    long count(State state);

    /// What arrived, also of what is not kept any more: whatever was recorded as [State#CROSSED], as often as it
    /// was. Hours in which nothing arrived are left out. For people to look at: a process that ends suddenly may
    /// leave out its last seconds.
    ///
    /// @param since of whose hour on; older hours than [#FLOW_KEPT] before the newest are gone
    /// @return by time and network
    List<Hour> arrived(Instant since);
}
