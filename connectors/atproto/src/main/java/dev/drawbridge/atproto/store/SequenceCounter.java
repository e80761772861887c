package dev.drawbridge.atproto.store;

import java.time.Instant;
import java.util.Optional;

/// Where numbers of events come from. One process at a time may take some: whose term it is.
interface SequenceCounter {
    /// How long one process may publish.
    ///
    /// @param epoch counts terms; a process of an older one gets no numbers any more
    /// @param until nobody else begins a term before this moment, unless the holder is known to be dead
    record Term(long epoch, Holder holder, Instant until) {}

    /// Numbers that were taken together. None of them if `to` is smaller than `from`.
    record Range(long from, long to) {}

    /// The term that was begun last.
    Optional<Term> term();

    /// Begins a term, if the last one was the epoch before it.
    boolean begin(Term next);

    /// Prolongs a term.
    ///
    /// @return false if another one was begun meanwhile
    boolean extend(Term current, Instant until);

    /// Takes numbers that nobody else ever gets, also not after a crash.
    ///
    /// @return the first of `count`; empty if another term was begun meanwhile
    Optional<Long> reserve(Term current, int count);

    /// What was taken last.
    Range lastReserved();

    /// Nobody gets a number up to `seq` from now on.
    void raise(long seq);

    /// Notes that every account has to be announced anew, those behind the DID `after` still; empty to begin with the
    /// first.
    void announceFrom(String after);

    /// Where announcing every account anew stands; empty if there is nothing to announce.
    Optional<String> announcing();

    /// Every account is announced.
    void announced();
}
