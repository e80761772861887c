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
    /// In whatever does not end, or ends later.
    private static final Duration LONGEST = Duration.ofDays(31);

    /// How long after the end the result waits for relays that have more votes.
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

    private void look() {
        if (!running) {
            return;
        }
        timer.after(LOOK, this::look);
        for (OpenPoll poll : polls.due(clock.instant(), AT_ONCE)) {
            try {
                count(poll, clock.instant());
            } catch (RuntimeException e) {
                LOG.error("the votes in {} cannot be counted now", poll.id(), e);
            }
        }
    }

    private void count(OpenPoll poll, Instant now) {
        if (!intake.watches(poll.author())) {
            polls.close(poll.id());
            return;
        }
        boolean ended = poll.ends().filter(end -> !end.plus(GRACE).isAfter(now)).isPresent();
        if (!polls.postpone(poll, next(poll, now))) {
            return;
        }
        Optional<PollTally> tally =
                find(poll).flatMap(asked -> read(asked, poll, now, ended)).filter(t -> isWhole(t, poll, now));
        Optional<PollTally> news = tally.filter(t -> isNews(t, poll));
        if (news.isPresent() && !handedOn(news.get(), now)) {
            return;
        }
        if (isOld(poll, now) || (ended && tally.isPresent())) {
            polls.close(poll.id());
        } else {
            news.ifPresent(told -> polls.told(poll.id(), counts(told)));
        }
    }

    private static boolean isOld(OpenPoll poll, Instant now) {
        return !poll.asked().plus(LONGEST).isAfter(now);
    }

    /// Votes do not become fewer: where they do, a relay does not answer, and is waited for.
    private static boolean isWhole(PollTally tally, OpenPoll poll, Instant now) {
        boolean fewer = !poll.told().isEmpty() && tally.voters() < poll.told().getFirst();
        return !fewer
                || poll.ends().filter(end -> !end.plus(PATIENCE).isAfter(now)).isPresent();
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

    private Optional<PollTally> read(Event asked, OpenPoll poll, Instant now, boolean ended) {
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
        pool.survey(votes, relays(asked), count::add);
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
