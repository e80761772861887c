package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.port.Cursors;
import dev.drawbridge.model.spi.Receipt;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.negentropy.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one relay: asks for what is of interest, catches up with what is stored, then follows what is new. Its place
/// is kept per relay and moves only when everything up to it is with the engine.
final class RelayReader {
    private static final Logger LOG = LoggerFactory.getLogger(RelayReader.class);
    /// Events name their own time and travel slowly: that much is read again.
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final int MOST_PAGES = 1_000;

    /// Subscriptions that are kept free for pages and questions.
    private static final int SPARE = 2;

    private static final Duration COMPARE_EVERY = Duration.ofHours(1);
    private static final Duration COMPARE_BACK_TO = Duration.ofDays(1);

    /// Takes events off a relay, and knows which were taken.
    interface Inlet {
        /// @return Busy to be given it again later; anything else settles it
        Receipt take(Event event, Relay from);

        /// What was taken since the start, from any relay.
        Collection<Item> taken(Filter filter);
    }

    private final Relay relay;
    private final Inlet inlet;
    private final Cursors cursors;
    private final InstantSource clock;
    private final Timer timer;

    private Interest interest = Interest.NONE;
    private Terms terms = Terms.USUAL;
    private boolean asked;
    private int round;
    private long place;
    private long roundStart;
    private final Set<String> names = new HashSet<>();
    private final Set<String> catchingUp = new HashSet<>();
    private @Nullable String refusal;
    private final long started;

    RelayReader(Relay relay, Inlet inlet, Cursors cursors, InstantSource clock, Timer timer) {
        this.relay = relay;
        this.inlet = inlet;
        this.cursors = cursors;
        this.clock = clock;
        this.timer = timer;
        this.started = clock.instant().getEpochSecond();
        relay.onAuthenticated(this::ask);
    }

    Relay relay() {
        return relay;
    }

    /// Why the relay lets us read less than we ask for.
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(refusal);
    }

    /// Whether everything stored was read.
    synchronized boolean caughtUp() {
        return asked && catchingUp.isEmpty();
    }

    /// Sets what is of interest from now on, and asks for it if it changed.
    synchronized void read(Interest now) {
        if (!now.equals(interest) || !asked) {
            interest = now;
            ask();
        }
    }

    /// The connection is new: what was asked on the last one is asked again.
    ///
    /// @param now what the relay can bear
    synchronized void reconnected(Terms now) {
        terms = now;
        ask();
    }

    private synchronized void ask() {
        if (!relay.isOpen()) {
            return;
        }
        List<String> former = List.copyOf(names);
        names.clear();
        catchingUp.clear();
        refusal = null;
        round++;
        roundStart = clock.instant().getEpochSecond();
        Optional<Long> cursor = cursors.get(stream()).map(Long::parseLong);
        place = cursor.orElse(0L);
        List<List<Filter>> requests = interest.requests(
                cursor.map(c -> Math.max(0, c - OVERLAP.toSeconds())), roundStart - OVERLAP.toSeconds(), terms);
        asked = true;
        if (requests.size() > terms.subscriptions() - SPARE) {
            refusal = "takes " + terms.subscriptions() + " subscriptions, fewer than our people need";
            requests = requests.subList(0, terms.subscriptions() - SPARE);
        }
        List<Subscription> subscriptions = new ArrayList<>();
        for (List<Filter> filters : requests) {
            var subscription = new Subscription(round, "r" + round + "." + names.size(), filters);
            names.add(subscription.name);
            catchingUp.add(subscription.name);
            subscriptions.add(subscription);
        }
        subscriptions.forEach(s -> relay.subscribe(s.name, s.filters, s));
        former.forEach(relay::unsubscribe);
    }

    private String stream() {
        return "nostr " + relay.url();
    }

    /// Everything stored was read for one subscription.
    private synchronized void done(Subscription subscription) {
        if (subscription.round == round && catchingUp.remove(subscription.name) && catchingUp.isEmpty()) {
            LOG.info("relay {}: up to date", relay.url());
            move(roundStart);
            compare(round);
        }
    }

    /// Looks for what came late or unseen, now and from time to time, where the relay offers it.
    private synchronized void compare(int then) {
        if (then != round || !terms.comparing() || !relay.isOpen()) {
            return;
        }
        Instant now = clock.instant();
        // What was before the start is read by time.
        long since = Math.max(
                started - OVERLAP.toSeconds(), now.minus(COMPARE_BACK_TO).getEpochSecond());
        new GapRepair(relay, inlet::taken, this::missed, interest.comparable(since, terms)).start();
        timer.after(COMPARE_EVERY, () -> compare(then));
    }

    private void missed(Event event) {
        if (inlet.take(event, relay) instanceof Receipt.Busy(Duration after)) {
            relay.pause(after, "waits until the bridge can take more");
        }
    }

    private synchronized void settled(Event event, Subscription subscription) {
        if (subscription.round == round && catchingUp.isEmpty()) {
            move(Math.min(event.createdAt(), clock.instant().getEpochSecond()));
        }
    }

    private void move(long to) {
        if (to > place) {
            place = to;
            cursors.put(stream(), Long.toString(to));
        }
    }

    private synchronized void refused(Subscription subscription, String reason) {
        if (subscription.round != round || !relay.isOpen()) {
            return;
        }
        refusal = reason;
        LOG.info("relay {}: ended a subscription: {}", relay.url(), reason);
        if (reason.startsWith("rate-limited:") || reason.startsWith("error:") || reason.isBlank()) {
            int then = round;
            timer.after(ASK_AGAIN, () -> askAgain(then));
        }
    }

    private synchronized void askAgain(int then) {
        if (then == round) {
            ask();
        }
    }

    /// One request and the pages it takes to catch up, filter by filter: how far an answer goes back that was cut off
    /// can only be told for one.
    private final class Subscription implements Subscriber {
        private final int round;
        private final String name;
        private final List<Filter> filters;
        private final Deque<CatchUp> behind = new ArrayDeque<>();
        private int pages;

        private Subscription(int round, String name, List<Filter> filters) {
            this.round = round;
            this.name = name;
            this.filters = filters;
            filters.forEach(filter -> behind.add(new CatchUp(filter)));
        }

        @Override
        public void event(Event event) {
            behind.forEach(catchUp -> catchUp.saw(event));
            take(event);
        }

        private void take(Event event) {
            switch (inlet.take(event, relay)) {
                case Receipt.Busy(Duration after) -> relay.pause(after, "waits until the bridge can take more");
                case Receipt.Accepted _, Receipt.Ignored _ -> settled(event, this);
            }
        }

        @Override
        public void endOfStored(boolean complete) {
            if (complete) {
                behind.clear();
            }
            nextPage();
        }

        private void nextPage() {
            while (!behind.isEmpty()) {
                Optional<Filter> more = pages < MOST_PAGES ? behind.getFirst().next(false) : Optional.empty();
                if (more.isPresent()) {
                    pages++;
                    var page = new Page(name + "p" + pages);
                    relay.subscribe(page.page, List.of(more.get()), page);
                    return;
                }
                behind.removeFirst();
            }
            done(this);
        }

        @Override
        public void closed(String reason) {
            refused(this, reason);
        }

        /// An older page of one filter.
        private final class Page implements Subscriber {
            private final String page;

            private Page(String page) {
                this.page = page;
            }

            @Override
            public void event(Event event) {
                behind.getFirst().saw(event);
                take(event);
            }

            @Override
            public void endOfStored(boolean complete) {
                relay.unsubscribe(page);
                if (complete) {
                    behind.removeFirst();
                }
                nextPage();
            }

            @Override
            public void closed(String reason) {
                refused(Subscription.this, reason);
            }
        }
    }
}
