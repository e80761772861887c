package dev.drawbridge.nostr.store;

import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Polls of people who opted in, in which others can still vote: when to count, and what was told of it. Nothing about
/// who votes (ADR 0055).
public interface OpenPolls {
    /// @param asked when it was
    /// @param ends when voting ends, if it does
    /// @param next when to count
    /// @param told how many voted and how many chose each option, as the other networks were told; empty if
    /// they were told nothing
    record OpenPoll(
            EventId id, PublicKey author, Instant asked, Optional<Instant> ends, Instant next, List<Long> told) {
        public OpenPoll {
            told = List.copyOf(told);
        }
    }

    /// Remembers a poll. Does nothing if it is known.
    void open(OpenPoll poll);

    /// Those to be counted by `now`, who waits longest first.
    List<OpenPoll> due(Instant now, int most);

    /// Sets when to count next.
    ///
    /// @param poll as it was read
    /// @return whether it was still so: of two that count at once, one goes on
    boolean postpone(OpenPoll poll, Instant next);

    /// What others were told. Does nothing if the poll is not known.
    void told(EventId id, List<Long> counts);

    /// Nothing is counted in it any more.
    void close(EventId id);
}
