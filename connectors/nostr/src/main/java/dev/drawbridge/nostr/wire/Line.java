package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.RelayUrl;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is said over one connection to a relay: subscriptions, and events on their way. It ends once, and everybody who
/// waits for something hears of it.
final class Line implements SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private final RelayUrl url;
    private final SocketPeer peer;
    private final Identity identity;
    private final Keeper keeper;
    private final Map<String, Subscriber> subscribers = new HashMap<>();
    private final Publications published = new Publications();
    private boolean heard = true;
    private boolean over;

    /// Who keeps the connection. Called without a lock of the line's.
    interface Keeper {
        /// The relay does what a relay does.
        void works();

        /// The relay knows who we are, and refused a subscription before.
        void authenticated();

        /// The other side ended the connection.
        void lost(String reason);
    }

    Line(RelayUrl url, SocketPeer peer, Identity identity, Keeper keeper) {
        this.url = url;
        this.peer = peer;
        this.identity = identity;
        this.keeper = keeper;
    }

    synchronized boolean idle() {
        return subscribers.isEmpty() && published.isEmpty();
    }

    /// Whether anything came since the last call; if so, asks for another sign of life.
    synchronized boolean alive() {
        boolean came = heard;
        heard = false;
        if (came) {
            Probe.MESSAGES.forEach(this::send);
        }
        return came;
    }

    /// @return whether the relay was asked
    synchronized boolean ask(String name, String request, Subscriber subscriber) {
        if (over) {
            return false;
        }
        subscribers.put(name, subscriber);
        send(request);
        return true;
    }

    synchronized void end(String name, String goodbye) {
        if (subscribers.remove(name) != null) {
            send(goodbye);
        }
    }

    synchronized void send(String text) {
        if (!over) {
            peer.send(text);
        }
    }

    /// @param answer what the relay says; or that nothing came of it, if the line is over
    void publish(Event event, CompletableFuture<PublishAnswer> answer) {
        synchronized (this) {
            if (!over && published.add(event, answer)) {
                send(new ClientMessage.Publish(event).json());
            }
            if (!over) {
                answer.whenComplete((_, _) -> forget(event, answer));
                return;
            }
        }
        answer.complete(new PublishAnswer.None("not connected: the connection ended", false));
    }

    private synchronized void forget(Event event, CompletableFuture<PublishAnswer> answer) {
        published.forget(event, answer);
    }

    /// Nothing came in time.
    synchronized PublishAnswer.None overdue(Event event, CompletableFuture<PublishAnswer> answer, Duration timeout) {
        return published.overdue(event, answer, timeout);
    }

    /// Whether the relay has not answered for so long that it is better left alone.
    synchronized boolean hopeless() {
        return published.hopeless();
    }

    /// Ends it. What it returns closes the connection and tells everybody, and is called without a lock.
    synchronized Runnable finish(String reason) {
        over = true;
        List<Subscriber> ended = List.copyOf(subscribers.values());
        List<CompletableFuture<PublishAnswer>> unanswered = published.end();
        subscribers.clear();
        return () -> {
            peer.close(1000, "");
            ended.forEach(s -> s.closed(reason));
            unanswered.forEach(f -> f.complete(new PublishAnswer.None(reason, true)));
        };
    }

    @Override
    public void text(String message) {
        synchronized (this) {
            if (over) {
                return;
            }
            heard = true;
        }
        switch (RelayMessage.read(message)) {
            case Reading.Read<RelayMessage>(RelayMessage read) -> dispatch(read);
            case Reading.Unreadable<RelayMessage> bad -> LOG.info("relay {}: unreadable: {}", url, bad);
        }
    }

    private void dispatch(RelayMessage message) {
        switch (message) {
            case RelayMessage.Sent(String name, Event event) -> subscriber(name).ifPresent(s -> s.event(event));
            case RelayMessage.EndOfStored(String name, boolean complete) -> {
                keeper.works();
                subscriber(name).ifPresent(s -> s.endOfStored(complete));
            }
            case RelayMessage.Closed(String name, String reason) -> closed(name, reason);
            case RelayMessage.Ok(String id, boolean accepted, String text) -> ok(id, accepted, text);
            case RelayMessage.Notice(String text) -> LOG.info("relay {}: says: {}", url, text);
            case RelayMessage.NegAnswer(String name, String next) ->
                subscriber(name).ifPresent(s -> s.compared(next));
            case RelayMessage.NegError(String name, String reason) ->
                subscriber(name).ifPresent(s -> s.notCompared(reason));
            case RelayMessage.Counted _ -> LOG.debug("relay {}: counts what nobody asked", url);
            case RelayMessage.Challenge(String challenge) -> prove(challenge);
        }
    }

    private synchronized Optional<Subscriber> subscriber(String name) {
        return Optional.ofNullable(subscribers.get(name));
    }

    private void prove(String challenge) {
        Optional<Event> proof = identity.prove(url, challenge);
        LOG.info("relay {}: asks who we are{}", url, proof.isPresent() ? "" : ", and we are nobody yet");
        synchronized (this) {
            if (!over && proof.isPresent()) {
                published.proving(proof.get().id());
                send(new ClientMessage.Authenticate(proof.get()).json());
            }
        }
    }

    private void closed(String name, String reason) {
        Subscriber ended;
        synchronized (this) {
            ended = subscribers.remove(name);
            published.refused(reason);
        }
        if (ended != null) {
            ended.closed(reason);
        }
    }

    private void ok(String id, boolean accepted, String text) {
        keeper.works();
        List<Runnable> then;
        synchronized (this) {
            then = published.heard(id, new PublishAnswer.Said(accepted, text), this::send, keeper::authenticated);
        }
        then.forEach(Runnable::run);
    }

    @Override
    public void closed(int code, String reason) {
        keeper.lost("closed the connection (" + code + (reason.isEmpty() ? ")" : ": " + reason + ")"));
    }
}
