package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Polls of people who opted in, in which others can still vote: when to count, and what was told of it. Nothing about
/// who votes (ADR 0055).
public interface OpenPolls {
    /// How many of one person are counted at once.
    int MOST_OF_ONE = 20;

    /// How long it is known that one was closed. Nothing that ended longer ago is opened.
    Duration CLOSED = Duration.ofDays(7);

    /// @param asked when it was
    /// @param ends when voting ends, if it does
    /// @param next when to count
    /// @param told how many voted and how many chose each option, as the other networks were told; empty if
    /// they were told nothing
    /// @param fewerSince since when fewer votes are found than were told
    record OpenPoll(
            EventId id,
            PublicKey author,
            Instant asked,
            Optional<Instant> ends,
            Instant next,
            List<Long> told,
            Optional<Instant> fewerSince) {
        public OpenPoll {
            told = List.copyOf(told);
        }

        /// One of which nothing was told yet.
        public OpenPoll(EventId id, PublicKey author, Instant asked, Optional<Instant> ends, Instant next) {
            this(id, author, asked, ends, next, List.of(), Optional.empty());
        }

        /// The same, to be counted at another time.
        public OpenPoll withNext(Instant later) {
            return new OpenPoll(id, author, asked, ends, later, told, fewerSince);
        }

        /// The same after something was told of it.
        public OpenPoll withTold(List<Long> counts, Optional<Instant> fewer) {
            return new OpenPoll(id, author, asked, ends, next, counts, fewer);
        }
    }

    /// Remembers a poll. Does nothing if it is known or was closed, or its author has [#MOST_OF_ONE] already.
    void open(OpenPoll poll);

    /// Those to be counted by `now`, who waits longest first.
    List<OpenPoll> due(Instant now, int most);

    /// Sets when to count next.
    ///
    /// @param poll as it was read
    /// @return whether its time was still the same: of two that count at once, one goes on
    boolean postpone(OpenPoll poll, Instant next);

    /// Notes what others were told, and since when there is less. Does nothing if another counts it by now.
    ///
    /// @param poll with the time it was postponed to
    void told(OpenPoll poll, List<Long> counts, Optional<Instant> fewerSince);

    /// Nothing is counted in it any more, and for a while it is not opened again. Does nothing if another counts it.
    ///
    /// @param poll with the time it was postponed to
    void close(OpenPoll poll, Instant now);

    /// Keeps nothing of it.
    void forget(EventId id);
}
