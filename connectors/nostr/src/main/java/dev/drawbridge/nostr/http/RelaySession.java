package dev.drawbridge.nostr.http;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.store.EventStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client of our relay ([NIP-01](https://nips.nostr.com/1)).
final class RelaySession implements SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(RelaySession.class);
    private static final int POLICY = 1008;
    private final SocketPeer peer;
    private final EventStore events;
    private final Reception reception;
    private final RelayHub hub;
    private final InstantSource clock;
    private final RelayLimits limits;
    private final Map<String, Subscription> subscriptions = new HashMap<>();

    RelaySession(
            SocketPeer peer,
            EventStore events,
            Reception reception,
            RelayHub hub,
            InstantSource clock,
            RelayLimits limits) {
        this.peer = peer;
        this.events = events;
        this.reception = reception;
        this.hub = hub;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public void text(String message) {
        switch (ClientMessage.read(message)) {
            case ClientMessage.Publish(Event event) -> publish(event);
            case ClientMessage.Request request -> request(request);
            case ClientMessage.Close(String subscription) -> close(subscription);
            case ClientMessage.BadEvent(String id, String detail) -> {
                LOG.info("event refused: {}", detail);
                send(new RelayMessage.Ok(id, false, "invalid: " + detail));
            }
            case ClientMessage.BadRequest(String subscription, String detail, boolean unknown) ->
                send(new RelayMessage.Closed(subscription, (unknown ? "unsupported: " : "invalid: ") + detail));
            case ClientMessage.Unknown(String detail) -> send(new RelayMessage.Notice("not understood: " + detail));
        }
    }

    @Override
    public void binary(byte[] message) {
        send(new RelayMessage.Notice("not understood: messages are text"));
    }

    private void publish(Event event) {
        RelayMessage.Ok answer = reception.receive(event);
        if (!answer.accepted()) {
            LOG.info(
                    "event {} of {} refused: {}",
                    event.id().hex(),
                    event.pubkey().hex(),
                    answer.message());
        }
        send(answer);
    }

    private void request(ClientMessage.Request request) {
        var subscription = new Subscription(request.filters());
        synchronized (this) {
            if (!subscriptions.containsKey(request.subscription()) && subscriptions.size() >= limits.subscriptions()) {
                send(new RelayMessage.Closed(request.subscription(), "rate-limited: too many subscriptions"));
                return;
            }
            subscriptions.put(request.subscription(), subscription);
        }
        boolean complete = true;
        long now = clock.instant().getEpochSecond();
        for (Filter filter : request.filters()) {
            int most = Math.min(limits.events(), filter.limit().orElse(limits.events()));
            var found = events.query(filter, most);
            complete &= found.size() < most || filter.limit().isPresent();
            for (Event event : found) {
                if (!event.expiredAt(now)) {
                    stored(request.subscription(), subscription, event);
                }
            }
        }
        synchronized (this) {
            send(new RelayMessage.EndOfStored(request.subscription(), complete));
            subscription.live();
        }
    }

    private synchronized void stored(String name, Subscription subscription, Event event) {
        if (subscription.takes(event)) {
            peer.send(RelayMessage.sent(name, event.json()));
        }
    }

    private synchronized void close(String subscription) {
        subscriptions.remove(subscription);
    }

    /// A stored event, on its way to everybody who asked for it.
    synchronized void live(Event event, String json) {
        subscriptions.forEach((name, subscription) -> {
            if (subscription.takes(event)) {
                peer.send(RelayMessage.sent(name, json));
            }
        });
        if (peer.pending() > limits.pendingBytes()) {
            peer.close(POLICY, "too slow");
        }
    }

    private void send(RelayMessage message) {
        peer.send(message.json());
    }

    @Override
    public synchronized void closed(int code, String reason) {
        hub.leave(this);
        subscriptions.clear();
    }
}
