package dev.drawbridge.atproto.store;

import dev.drawbridge.atproto.store.SequenceCounter.Range;
import dev.drawbridge.atproto.store.SequenceCounter.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether this process may publish, and the numbers it has taken for that. For one thread at a time.
///
/// Who begins a term fills all numbers the one before had taken and not used. So whatever that one still sends arrives
/// at a number that is taken: nobody can publish in the middle of what others have read already.
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /// How long the others wait for a holder that says nothing.
    static final Duration TERM = Duration.ofSeconds(30);

    /// How many numbers are taken at once.
    static final int RESERVATION = 256;

    /// What is left out when numbers were given that we know nothing of. Others may have seen more than those we ask.
    static final long MARGIN = 1_000_000;

    private final EventLog log;
    private final SequenceCounter counter;
    private final InstantSource clock;
    private final Holder self;
    private final Supplier<OptionalLong> seenElsewhere;
    private @Nullable Term term;
    private boolean lost;
    private long next;
    private long end;

    /// @param seenElsewhere the highest number that others have of us, as far as they can be asked
    Publisher(
            EventLog log,
            SequenceCounter counter,
            InstantSource clock,
            Holder self,
            Supplier<OptionalLong> seenElsewhere) {
        this.log = log;
        this.counter = counter;
        this.clock = clock;
        this.self = self;
        this.seenElsewhere = seenElsewhere;
    }

    boolean holds() {
        return term != null;
    }

    /// Begins a term unless this process has one.
    ///
    /// @return whether a term was begun: there may be events of the one before that are not known here
    /// @throws NotPublishing if another process has one
    boolean begin() {
        if (term != null) {
            return false;
        }
        Instant now = clock.instant();
        Optional<Term> current = counter.term();
        current.filter(held ->
                        now.isBefore(held.until()) && (lost || !held.holder().isOver(self)))
                .ifPresent(held -> {
                    throw new NotPublishing(busy(held));
                });
        // Before the term begins: whoever is asked may be slow, and a term is short.
        OptionalLong seen = seenElsewhere.get();
        Term mine = new Term(current.map(Term::epoch).orElse(0L) + 1, self, now.plus(TERM));
        if (!counter.begin(mine)) {
            throw new NotPublishing("another process began to publish the event stream just now");
        }
        Range left = counter.lastReserved();
        log.fillAll(Math.max(left.from(), log.prunedUpTo() + 1), left.to(), now);
        counter.raise(log.highest());
        skip(seen);
        next = 1;
        end = 0;
        lost = false;
        term = mine;
        return true;
    }

    /// A store that was put back to an earlier state, or begun anew under an old name, must not give its numbers again.
    ///
    /// @param seen the newest that others have of us
    private void skip(OptionalLong seen) {
        long known = log.newest();
        if (seen.isPresent() && seen.getAsLong() > known) {
            // First what is to be done about it: a crash between the two does it once too often and not too seldom.
            counter.announceFrom("");
            counter.raise(seen.getAsLong() + MARGIN);
            LOG.warn(
                    "others have seen event {} of us, this store ends at {}: it is not the newest. Numbers go on behind"
                            + " {}, and every account is announced anew",
                    seen.getAsLong(),
                    known,
                    seen.getAsLong() + MARGIN);
        }
    }

    /// Makes sure that `count` numbers in a row are there to be given.
    ///
    /// @throws NotPublishing if another process publishes now
    void ensure(int count) {
        if (room() >= count) {
            return;
        }
        Term mine = held();
        Optional<Long> first = counter.reserve(mine, Math.max(RESERVATION, count));
        if (first.isEmpty()) {
            throw lost();
        }
        next = first.get();
        end = next + Math.max(RESERVATION, count);
    }

    /// How many numbers can be given before more have to be taken.
    int room() {
        return (int) Math.max(0, end - next);
    }

    long number() {
        if (next >= end) {
            throw new IllegalStateException("no number was taken");
        }
        return next++;
    }

    /// Tells the others that this process is there, if it publishes.
    void prolong() {
        Term mine = term;
        if (mine == null) {
            return;
        }
        Term longer = new Term(mine.epoch(), self, clock.instant().plus(TERM));
        if (!counter.extend(mine, longer.until())) {
            LOG.warn("{}", lost().getMessage());
            return;
        }
        term = longer;
    }

    /// Lets another process begin at once.
    void end() {
        if (term != null) {
            counter.extend(term, clock.instant());
            term = null;
        }
    }

    /// Another process publishes: this one stops.
    NotPublishing lost() {
        term = null;
        lost = true;
        next = 1;
        end = 0;
        return new NotPublishing(counter.term()
                .map(Publisher::busy)
                .orElse("the counter of the event stream is gone; publishing begins anew"));
    }

    private Term held() {
        if (term == null) {
            throw new IllegalStateException("no term was begun");
        }
        return term;
    }

    private static String busy(Term held) {
        return held.holder() + " publishes the event stream of this store; one instance at a time may. This one changes"
                + " no repository until the other has stopped, or was silent for " + TERM.toSeconds() + " seconds";
    }
}
