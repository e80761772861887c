package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.store.EventStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client of our relay ([NIP-01](https://nips.nostr.com/1)). Answers everything it is sent, whatever that is.
final class RelaySession implements SocketSession, RelayHub.Connection {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySession.class);
    private static final int TRY_AGAIN_LATER = 1013;

    private final SocketPeer peer;
    private final EventStore store;
    private final Admission admission;
    private final RelayHub all;
    private final InstantSource clock;
    private final RelayLimits limits;
    private final Patience patience;
    private final Map<String, Subscription> mine = new ConcurrentHashMap<>();

    RelaySession(
            SocketPeer peer,
            EventStore store,
            Admission admission,
            RelayHub all,
            InstantSource clock,
            RelayLimits limits) {
        this.peer = peer;
        this.store = store;
        this.admission = admission;
        this.all = all;
        this.clock = clock;
        this.limits = limits;
        this.patience = new Patience(limits.strangerEvents(), limits.strangerPause(), clock);
    }

    @Override
    public void text(String message) {
        try {
            switch (ClientMessage.read(message)) {
                case ClientMessage.Publish(Event event) -> publish(event);
                case ClientMessage.Request(String name, List<Filter> filters) -> request(name, filters);
                case ClientMessage.Close(String name) -> mine.remove(name);
                case ClientMessage.BadEvent(String id, String detail) -> badEvent(id, detail);
                case ClientMessage.BadRequest bad -> badRequest(bad);
                case ClientMessage.Unknown(String detail) -> send(new RelayMessage.Notice("invalid: " + detail));
            }
        } catch (RuntimeException e) {
            LOG.error("a client's message could not be served", e);
            send(new RelayMessage.Notice("error: this relay has a problem, try again later"));
        }
    }

    @Override
    public void binary(byte[] message) {
        send(new RelayMessage.Notice("invalid: messages are text"));
    }

    private void publish(Event event) {
        if (patience.isSpent()) {
            answer(event.id().hex(), false, "rate-limited: slow down");
            return;
        }
        Admission.Answer answer;
        try {
            answer = admission.admit(event);
        } catch (RuntimeException e) {
            LOG.error("event {} could not be taken", event.id(), e);
            answer(event.id().hex(), false, "error: it could not be stored, try again later");
            return;
        }
        if (answer.stranger()) {
            patience.spend();
        }
        answer(event.id().hex(), answer.accepted(), answer.message());
    }

    private void badEvent(String id, String detail) {
        LOG.info("event refused: {}", detail);
        patience.spend();
        if (id.isEmpty()) {
            send(new RelayMessage.Notice("invalid: " + detail));
        } else {
            answer(id, false, "invalid: " + detail);
        }
    }

    private void answer(String id, boolean accepted, String message) {
        send(new RelayMessage.Ok(id, accepted, message));
    }

    private void badRequest(ClientMessage.BadRequest bad) {
        mine.remove(bad.subscription());
        String word = bad.unknownElements() ? "unsupported: " : "invalid: ";
        send(new RelayMessage.Closed(bad.subscription(), word + bad.detail()));
    }

    private void request(String name, List<Filter> filters) {
        if (filters.size() > limits.filters()) {
            close(name, "invalid: more than " + limits.filters() + " filters");
            return;
        }
        if (!mine.containsKey(name) && mine.size() >= limits.subscriptions()) {
            close(name, "rate-limited: more than " + limits.subscriptions() + " subscriptions");
            return;
        }
        var subscription = new Subscription(name, filters, this::send);
        mine.put(name, subscription);
        try {
            stored(subscription);
        } catch (RuntimeException e) {
            LOG.error("a subscription could not be served", e);
            close(name, "error: this relay has a problem, try again later");
        }
    }

    private void close(String name, String reason) {
        mine.remove(name);
        send(new RelayMessage.Closed(name, reason));
    }

    private void stored(Subscription subscription) {
        long now = clock.instant().getEpochSecond();
        Map<EventId, Event> found = new LinkedHashMap<>();
        boolean complete = true;
        for (Filter filter : subscription.filters()) {
            int wanted = Math.min(limits.events(), filter.limit().orElse(limits.events()));
            List<Event> events = store.query(filter, wanted);
            complete &= events.size() < wanted
                    || filter.limit().filter(l -> l <= limits.events()).isPresent();
            events.stream().filter(e -> !e.expiredAt(now)).forEach(e -> found.putIfAbsent(e.id(), e));
        }
        subscription.stored(List.copyOf(found.values()), complete);
    }

    @Override
    public void offer(Event event, String json) {
        mine.values().forEach(s -> s.offer(event, json));
    }

    private void send(RelayMessage message) {
        send(message.json());
    }

    private void send(String text) {
        if (peer.pending() > limits.pending()) {
            LOG.info("a client reads too slowly and has to come back");
            mine.clear();
            all.remove(this);
            peer.close(TRY_AGAIN_LATER, "too slow");
            return;
        }
        peer.send(text);
    }

    @Override
    public void closed(int code, String reason) {
        all.remove(this);
        mine.clear();
    }
}
