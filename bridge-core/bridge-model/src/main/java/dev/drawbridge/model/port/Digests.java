package dev.drawbridge.model.port;

import dev.drawbridge.model.NativeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who wants to be told, now and then, how many people answered them that are not carried, and what was counted for
/// them since the last time. Of an answer there is a digest of its id, so that it counts once; of its author and its
/// words nothing.
public interface Digests {
    /// How often.
    enum Rhythm {
        DAILY(Duration.ofDays(1)),
        WEEKLY(Duration.ofDays(7));

        private final Duration period;

        Rhythm(Duration period) {
            this.period = period;
        }

        public Duration period() {
            return period;
        }
    }

    /// @param person on their own network
    /// @param since from when on answers are counted for the next one
    record Wish(NativeId person, Rhythm rhythm, Instant since) {
        /// When the next one is due.
        public Instant due() {
            return since.plus(rhythm.period());
        }
    }

    /// @param copy what was answered, as its network names it
    record Tally(NativeId copy, long answers) {}

    /// Stores the wish of a person, or replaces it. What was counted stays.
    void put(Wish wish);

    Optional<Wish> find(NativeId person);

    /// Whether anybody wants one. Cheap, however many do.
    boolean areWanted();

    /// Forgets the wish of a person and what was counted for them.
    void remove(NativeId person);

    /// Wishes that are due, those that were due first in front.
    List<Wish> due(Instant now, int limit);

    /// Counts an answer, once for each person however often it comes.
    ///
    /// @param person who was answered
    /// @param copy what was answered
    void count(NativeId person, NativeId copy, NativeId answer, Instant at);

    /// How many answers are counted for a person, at most `limit`. Reads none of them.
    long waiting(NativeId person, int limit);

    /// What was counted for a person up to a moment, the most answered first, then by id.
    List<Tally> counted(NativeId person, Instant until);

    /// Forgets what was counted for a person up to a moment.
    void clear(NativeId person, Instant until);
}
