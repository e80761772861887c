package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.store.EventStore;
import dev.drawbridge.nostr.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client of our relay ([NIP-01](https://nips.nostr.com/1)). Answers everything it is sent, whatever that is.
final class RelaySession implements SocketSession, Lane.Work {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySession.class);
    private static final int TRY_AGAIN_LATER = 1013;
    private static final String PROBLEM = "error: this relay has a problem, try again later";
    private static final String NOT_YOURS = "auth-required: private messages are for those they name";

    private final SocketPeer peer;
    private final RelayParts parts;
    private final Authentication client;
    private final Publishing publishing;
    private final Comparisons comparisons;
    private final Quotas quotas;
    private final String source;
    private final TokenBucket questions;
    private final RelayMeters meters;
    private final Lane lane;
    private final AtomicBoolean inside;
    private final Map<String, Subscription> mine = new ConcurrentHashMap<>();
    private volatile boolean gone;

    /// @param remote the client's address
    RelaySession(SocketPeer peer, String remote, RelayParts parts, RelayDesk desk) {
        this.peer = peer;
        this.parts = parts;
        this.client = new Authentication(parts.url(), parts.verifier(), parts.clock(), parts.random());
        this.source = Quotas.source(remote, parts.hub().number());
        this.quotas = desk.quotas();
        this.questions = quotas.questions(source);
        this.meters = desk.meters();
        this.publishing = new Publishing(parts, desk, source, client, this::send);
        this.comparisons = new Comparisons(parts, desk.comparing());
        this.lane = new Lane(parts.executor(), this);
        this.inside = new AtomicBoolean(quotas.enter(source));
        if (inside.get()) {
            parts.hub().add(this);
        } else {
            meters.refusedConnection();
            gone = true;
            peer.send(new RelayMessage.Notice("rate-limited: too many connections from one address").json());
            peer.close(TRY_AGAIN_LATER, "too many connections");
        }
    }

    @Override
    public void text(String message) {
        if (!gone) {
            lane.add(ClientMessage.read(message), message.length());
        }
    }

    @Override
    public void binary(byte[] message) {
        send(new RelayMessage.Notice("invalid: messages are text"));
    }

    @Override
    public void publish(List<Event> events) {
        Instant start = parts.clock().instant();
        publishing.publish(events);
        meters.published(Duration.between(start, parts.clock().instant()));
    }

    @Override
    public void failed() {
        send(new RelayMessage.Notice(PROBLEM));
    }

    @Override
    public void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Publish(Event event) -> publish(List.of(event));
            case ClientMessage.Authenticate(Event event) -> authenticate(event);
            case ClientMessage.Request(String name, List<Filter> filters) ->
                ask(name, filters, () -> subscribe(name, filters));
            case ClientMessage.Count(String name, List<Filter> filters) ->
                ask(name, filters, () -> send(count(name, filters)));
            case ClientMessage.Close(String name) -> leave(name);
            case ClientMessage.NegOpen open -> compare(open);
            case ClientMessage.NegNext next -> send(goOn(next));
            case ClientMessage.NegClose(String name) -> comparisons.close(name);
            case ClientMessage.BadEvent(String id, String detail) -> publishing.refuse(id, detail);
            case ClientMessage.BadRequest bad -> {
                String word = bad.unknownElements() ? "unsupported: " : "invalid: ";
                close(bad.subscription(), word + bad.detail());
            }
            case ClientMessage.BadComparison(String name, String detail) -> {
                comparisons.close(name);
                send(new RelayMessage.NegError(name, "invalid: " + detail));
            }
            case ClientMessage.Unknown(String detail) -> send(new RelayMessage.Notice("invalid: " + detail));
        }
    }

    /// Each proof costs the check of a signature.
    private void authenticate(Event event) {
        if (questions.take()) {
            publishing.authenticate(event);
        } else {
            send(new RelayMessage.Ok(event.id().hex(), false, Admission.SLOW_DOWN));
        }
    }

    private RelayMessage goOn(ClientMessage.NegNext next) {
        if (questions.take()) {
            return comparisons.next(next);
        }
        comparisons.close(next.subscription());
        return new RelayMessage.NegError(next.subscription(), Admission.SLOW_DOWN);
    }

    private View view() {
        return View.of(parts.clock().instant().getEpochSecond(), client.keys());
    }

    private void ask(String name, List<Filter> filters, Runnable answer) {
        Optional<String> refusal = refusal(filters);
        if (refusal.isPresent()) {
            close(name, refusal.get());
            return;
        }
        try {
            answer.run();
        } catch (RuntimeException e) {
            LOG.error("a client's question could not be answered", e);
            close(name, PROBLEM);
        }
    }

    private Optional<String> refusal(List<Filter> filters) {
        if (!questions.take()) {
            return Optional.of(Admission.SLOW_DOWN);
        }
        if (filters.size() > parts.limits().filters()) {
            return Optional.of("invalid: more than " + parts.limits().filters() + " filters");
        }
        if (filters.stream().anyMatch(view()::asksForOthersMessages)) {
            send(new RelayMessage.Challenge(client.challenge()));
            return Optional.of(NOT_YOURS);
        }
        return Optional.empty();
    }

    private RelayMessage count(String name, List<Filter> filters) {
        int most = parts.limits().counted();
        long counted = parts.store().count(filters, most + 1, view());
        return new RelayMessage.Counted(name, Math.min(most, counted), counted > most);
    }

    private void compare(ClientMessage.NegOpen open) {
        Optional<String> refusal = refusal(List.of(open.filter()));
        if (refusal.isPresent()) {
            comparisons.close(open.subscription());
            send(new RelayMessage.NegError(open.subscription(), refusal.get()));
            return;
        }
        try {
            send(comparisons.open(open, view()));
        } catch (RuntimeException e) {
            LOG.error("a comparison could not be opened", e);
            send(new RelayMessage.NegError(open.subscription(), PROBLEM));
        }
    }

    private void subscribe(String name, List<Filter> filters) {
        leave(name);
        if (mine.size() >= parts.limits().subscriptions()) {
            close(name, "rate-limited: more than " + parts.limits().subscriptions() + " subscriptions");
            return;
        }
        var subscription = new Subscription(name, filters, this::mayRead, this::send);
        int values = mine.values().stream().mapToInt(Subscription::values).sum() + subscription.values();
        if (values > parts.limits().values().one()) {
            close(name, "rate-limited: more than " + parts.limits().values().one() + " values in all filters");
            return;
        }
        mine.put(name, subscription);
        if (!parts.hub().listen(subscription, parts.limits().values().all())) {
            close(name, "rate-limited: this relay listens for too much already, try again later");
            return;
        }
        stored(subscription);
        if (gone) {
            // The end may have come before the hub knew of it.
            mine.remove(name);
            parts.hub().leave(subscription);
        }
    }

    private boolean mayRead(Event event) {
        return !View.PRIVATE_KINDS.contains(event.kind()) || client.mayRead(event);
    }

    private void leave(String name) {
        Subscription gone = mine.remove(name);
        if (gone != null) {
            parts.hub().leave(gone);
        }
    }

    private void close(String name, String reason) {
        leave(name);
        send(new RelayMessage.Closed(name, reason));
    }

    private void stored(Subscription subscription) {
        int most = parts.limits().events();
        View view = view();
        Map<EventId, Event> found = new LinkedHashMap<>();
        boolean complete = true;
        long room = EventStore.ANSWER;
        for (Filter filter : subscription.filters()) {
            int wanted = Math.min(most, filter.limit().orElse(most));
            List<Event> events = room > 0 ? parts.store().query(filter, wanted, view) : List.of();
            boolean all = events.size() == wanted
                    ? filter.limit().filter(l -> l <= most).isPresent()
                    : room > 0;
            room -= events.stream().mapToLong(Event::size).sum();
            complete &= all && room > 0;
            events.forEach(e -> found.putIfAbsent(e.id(), e));
        }
        subscription.stored(List.copyOf(found.values()), complete);
    }

    private void send(RelayMessage message) {
        if (message instanceof RelayMessage.Ok answer) {
            meters.answered(answer);
        }
        send(message.json());
    }

    private void send(String text) {
        if (gone) {
            return;
        }
        if (peer.pending() > parts.limits().pending()) {
            LOG.info("a client reads too slowly and has to come back");
            meters.cutOffSlowReader();
            end();
            peer.close(TRY_AGAIN_LATER, "too slow");
            return;
        }
        peer.send(text);
    }

    private void end() {
        gone = true;
        if (inside.compareAndSet(true, false)) {
            quotas.leave(source);
        }
        parts.hub().remove(this);
        List.copyOf(mine.keySet()).forEach(this::leave);
    }

    @Override
    public void closed(int code, String reason) {
        end();
        parts.executor().execute(comparisons::closeAll);
    }
}
