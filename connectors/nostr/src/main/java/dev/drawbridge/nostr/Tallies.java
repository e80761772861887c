package dev.drawbridge.nostr;

import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.PollTally;
import dev.drawbridge.nostr.event.RelayUrl;
import dev.drawbridge.nostr.event.Tag;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.OpenPolls;
import dev.drawbridge.nostr.store.OpenPolls.OpenPoll;
import dev.drawbridge.nostr.translate.PollCount;
import dev.drawbridge.nostr.translate.TallyIn;
import dev.drawbridge.nostr.wire.Intake;
import dev.drawbridge.nostr.wire.RelayPool;
import dev.drawbridge.nostr.wire.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts, from time to time, what was voted in polls of people who opted in, and hands it on where it changed, and
/// once more when voting has ended. Votes are read where they lie, counted and forgotten (ADR 0055).
final class Tallies {
    private static final Logger LOG = LoggerFactory.getLogger(Tallies.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int AT_ONCE = 50;
    /// Votes travel, too.
    private static final Duration GRACE = Duration.ofMinutes(1);
    /// How long one poll is read at most; what did not come by then is not counted this time.
    private static final Duration EACH = Duration.ofMinutes(1);

    /// How long relays are waited for that had more votes.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_HERE = 10_000;
    private static final int MOST_RELAYS = 5;

    private final OpenPolls polls;
    private final EventStore events;
    private final RelayPool pool;
    private final Intake intake;
    private final InstantSource clock;
    private final Timer timer;
    private volatile boolean running;

    Tallies(OpenPolls polls, EventStore events, RelayPool pool, Intake intake, InstantSource clock, Timer timer) {
        this.polls = polls;
        this.events = events;
        this.pool = pool;
        this.intake = intake;
        this.clock = clock;
        this.timer = timer;
    }

    void start() {
        running = true;
        timer.after(LOOK, this::look);
    }

    void stop() {
        running = false;
    }

    /// One look at a time: the next begins when this one is over.
    private void look() {
        if (!running) {
            return;
        }
        try {
            for (OpenPoll poll : polls.due(clock.instant(), AT_ONCE)) {
                if (running) {
                    look(poll);
                }
            }
        } finally {
            timer.after(LOOK, this::look);
        }
    }

    private void look(OpenPoll poll) {
        try {
            count(poll, clock.instant());
        } catch (RuntimeException e) {
            LOG.error("the votes in {} cannot be counted now", poll.id(), e);
        }
    }

    private void count(OpenPoll due, Instant now) {
        if (!intake.watches(due.author())) {
            polls.forget(due.id());
            return;
        }
        boolean ended = hasEnded(due, now);
        OpenPoll poll = due.withNext(next(due, now));
        if (!polls.postpone(due, poll.next())) {
            return;
        }
        Optional<PollTally> tally = find(poll).flatMap(asked -> read(asked, now, ended));
        Instant counted = clock.instant();
        boolean late = !ended && hasEnded(poll, counted);
        if (late || !polls.postpone(poll, poll.next())) {
            // The result is what counts now, or another of us counts.
            return;
        }
        Optional<Instant> fewer =
                tally.filter(t -> isFewer(t, poll)).map(_ -> poll.fewerSince().orElse(counted));
        if (fewer.filter(since -> since.plus(PATIENCE).isAfter(counted)).isPresent()) {
            tally = Optional.empty();
        }
        Optional<PollTally> news = tally.filter(t -> isNews(t, poll));
        if (news.isPresent() && !handedOn(news.get(), now)) {
            return;
        }
        if (isOld(poll, now) || (ended && tally.isPresent())) {
            polls.close(poll, counted);
        } else if (news.isPresent()) {
            polls.told(poll, counts(news.get()), Optional.empty());
        } else if (!fewer.equals(poll.fewerSince())) {
            polls.told(poll, poll.told(), fewer);
        }
    }

    private static boolean hasEnded(OpenPoll poll, Instant now) {
        return poll.ends().filter(end -> !end.plus(GRACE).isAfter(now)).isPresent();
    }

    private static boolean isOld(OpenPoll poll, Instant now) {
        return !poll.asked().plus(Intake.LONGEST_POLL).isAfter(now);
    }

    /// Votes do not become fewer: where they do, a relay does not answer, and is waited for.
    private static boolean isFewer(PollTally tally, OpenPoll poll) {
        return !poll.told().isEmpty() && tally.voters() < poll.told().getFirst();
    }

    private static boolean isNews(PollTally tally, OpenPoll poll) {
        return tally.ended() || (tally.voters() > 0 && !counts(tally).equals(poll.told()));
    }

    /// Often at first, when most people vote. A last time as soon as it has ended; if nobody takes that, again.
    private static Instant next(OpenPoll poll, Instant now) {
        Duration age = Duration.between(poll.asked(), now);
        Duration pause = age.compareTo(HOUR) < 0
                ? Duration.ofMinutes(5)
                : age.compareTo(DAY) < 0 ? Duration.ofMinutes(20) : HOUR;
        Instant usual = now.plus(pause);
        return poll.ends()
                .map(end -> end.plus(GRACE))
                .filter(end -> end.isAfter(now) && end.isBefore(usual))
                .orElse(usual);
    }

    private Optional<Event> find(OpenPoll poll) {
        return events.find(poll.id())
                .or(() -> pool.find(poll.id()))
                .filter(event -> event.pubkey().equals(poll.author()));
    }

    private Optional<PollTally> read(Event asked, Instant now, boolean ended) {
        Optional<PollCount> count = PollCount.of(asked);
        count.ifPresent(all -> read(all, asked, now));
        return count.map(all -> all.at(now, ended));
    }

    private void read(PollCount count, Event asked, Instant now) {
        Instant until = count.ends().filter(end -> end.isBefore(now)).orElse(now);
        Filter votes = Filter.ANY
                .kinds(List.of(Kind.VOTE))
                .tag('e', List.of(asked.id().hex()))
                .until(until.getEpochSecond());
        events.query(votes, MOST_HERE).forEach(count::add);
        pool.survey(votes, relays(asked), now.plus(EACH), count);
    }

    /// Where its author wants votes to be sent.
    private static List<RelayUrl> relays(Event asked) {
        return asked.tags("relay")
                .map(Tag::value)
                .flatMap(url -> RelayUrl.tryParse(url).stream())
                .distinct()
                .limit(MOST_RELAYS)
                .toList();
    }

    private static List<Long> counts(PollTally tally) {
        List<Long> counts = new ArrayList<>(List.of(tally.voters()));
        counts.addAll(tally.votes());
        return counts;
    }

    private boolean handedOn(PollTally tally, Instant now) {
        return !(intake.pass(TallyIn.event(tally, now)) instanceof Receipt.Busy);
    }
}
