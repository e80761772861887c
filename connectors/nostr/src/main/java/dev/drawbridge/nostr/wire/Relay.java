package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Reading;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.event.RelayUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One relay as a client sees it: keeps one connection, comes back after failures, carries subscriptions and published
/// events over it. Subscriptions end with the connection; whoever made them makes them again once told.
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long LONGEST_MESSAGE = 2_000_000;

    private enum State {
        STOPPED,
        CONNECTING,
        OPEN,
        WAITING
    }

    private final RelayUrl url;
    private final OutboundSockets sockets;
    private final Timer timer;
    private final RandomGenerator random;
    private final Identity identity;
    private final Runnable opened;

    private State state = State.STOPPED;
    private int generation;
    private int failures;
    private Runnable authenticated = () -> {};
    private long names;
    private boolean heard;
    private String trouble = "not connected yet";
    private @Nullable SocketPeer peer;
    private final Map<String, Subscriber> subscribers = new HashMap<>();
    private final Publications published = new Publications();
    private final List<CompletableFuture<Void>> awaitingOpen = new ArrayList<>();

    /// @param opened told whenever a connection stands, before anything arrives on it
    Relay(
            RelayUrl url,
            OutboundSockets sockets,
            Timer timer,
            RandomGenerator random,
            Identity identity,
            Runnable opened) {
        this.url = url;
        this.sockets = sockets;
        this.timer = timer;
        this.random = random;
        this.identity = identity;
        this.opened = opened;
    }

    /// @param then told when the relay knows who we are and refused a subscription before
    synchronized void onAuthenticated(Runnable then) {
        authenticated = then;
    }

    RelayUrl url() {
        return url;
    }

    synchronized boolean isOpen() {
        return state == State.OPEN;
    }

    /// Why there is no connection, if there should be one.
    synchronized Optional<String> trouble() {
        return state == State.OPEN || state == State.STOPPED ? Optional.empty() : Optional.of(trouble);
    }

    /// Connects, unless that is under way.
    synchronized void start() {
        if (state == State.STOPPED) {
            connectAfter(Duration.ZERO);
        }
    }

    private synchronized void connectAfter(Duration delay) {
        state = delay.isZero() ? State.CONNECTING : State.WAITING;
        int mine = ++generation;
        timer.after(delay, () -> connect(mine));
    }

    private void connect(int mine) {
        synchronized (this) {
            if (mine != generation) {
                return;
            }
            state = State.CONNECTING;
        }
        try {
            sockets.connect(url.uri(), LONGEST_MESSAGE, fresh -> open(mine, fresh));
        } catch (OutboundException e) {
            lost(mine, e.failure() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            lost(mine, "cannot connect: " + e);
        }
    }

    private SocketSession open(int mine, SocketPeer fresh) {
        List<CompletableFuture<Void>> waiting;
        synchronized (this) {
            if (mine != generation) {
                fresh.close(1000, "");
                return new Session(mine);
            }
            state = State.OPEN;
            peer = fresh;
            heard = true;
            waiting = List.copyOf(awaitingOpen);
            awaitingOpen.clear();
        }
        LOG.info("relay {}: connected", url);
        opened.run();
        waiting.forEach(w -> w.complete(null));
        timer.after(Probe.EVERY, () -> heartbeat(mine));
        return new Session(mine);
    }

    /// A dead connection looks like a quiet one until somebody asks.
    private void heartbeat(int mine) {
        synchronized (this) {
            if (mine != generation || state != State.OPEN) {
                return;
            }
            if (heard) {
                heard = false;
                Probe.MESSAGES.forEach(this::send);
                timer.after(Probe.EVERY, () -> heartbeat(mine));
                return;
            }
        }
        lost(mine, "does not answer any more");
    }

    /// Ends the connection and comes back after `delay`, or later if it fails then.
    void pause(Duration delay, String reason) {
        int mine;
        synchronized (this) {
            if (state == State.STOPPED) {
                return;
            }
            mine = generation;
        }
        disconnect(mine, reason, Optional.of(delay));
    }

    private void lost(int mine, String reason) {
        disconnect(mine, reason, Optional.empty());
    }

    private void disconnect(int mine, String reason, Optional<Duration> delay) {
        Runnable goodbye;
        synchronized (this) {
            if (mine != generation || state == State.STOPPED) {
                return;
            }
            failures = delay.isPresent() ? failures : failures + 1;
            trouble = reason;
            goodbye = release(reason);
            connectAfter(delay.orElseGet(() -> Backoff.after(failures, random)));
        }
        LOG.info("relay {}: {}", url, reason);
        goodbye.run();
    }

    /// Ends everything. Idempotent.
    void stop() {
        Runnable goodbye;
        synchronized (this) {
            generation++;
            state = State.STOPPED;
            goodbye = release("stopped");
        }
        goodbye.run();
    }

    /// Lets go of the connection. What it returns tells everybody, without holding the lock.
    private Runnable release(String reason) {
        SocketPeer old = peer;
        peer = null;
        List<Subscriber> ended = List.copyOf(subscribers.values());
        List<CompletableFuture<PublishAnswer>> unanswered = published.end();
        List<CompletableFuture<Void>> hopeful = List.copyOf(awaitingOpen);
        subscribers.clear();
        awaitingOpen.clear();
        return () -> {
            if (old != null) {
                old.close(1000, "");
            }
            ended.forEach(s -> s.closed(reason));
            unanswered.forEach(f -> f.complete(new PublishAnswer.None(reason, true)));
            hopeful.forEach(f -> f.completeExceptionally(new IllegalStateException(reason)));
        };
    }

    /// A subscription name nobody used on this relay before.
    synchronized String freshName(String prefix) {
        return prefix + ++names;
    }

    /// Whether nobody waits for anything from it.
    synchronized boolean idle() {
        return subscribers.isEmpty() && published.isEmpty() && awaitingOpen.isEmpty();
    }

    /// Subscribes. Does nothing while there is no connection.
    ///
    /// @param name unique on this connection
    /// @return whether the relay was asked
    boolean subscribe(String name, List<Filter> filters, Subscriber subscriber) {
        return ask(name, new ClientMessage.Request(name, filters).json(), subscriber);
    }

    synchronized boolean ask(String name, String request, Subscriber subscriber) {
        if (state != State.OPEN) {
            return false;
        }
        subscribers.put(name, subscriber);
        send(request);
        return true;
    }

    /// Ends a subscription without telling its subscriber.
    void unsubscribe(String name) {
        end(name, new ClientMessage.Close(name).json());
    }

    synchronized void end(String name, String goodbye) {
        if (subscribers.remove(name) != null) {
            send(goodbye);
        }
    }

    /// Publishes an event, over a connection that is made first if none is under way or standing.
    ///
    /// @return what the relay said; never fails
    CompletableFuture<PublishAnswer> publish(Event event, Duration timeout) {
        var answer = new CompletableFuture<PublishAnswer>();
        timer.after(timeout, () -> overdue(event, answer, timeout));
        whenOpen().whenComplete((_, failure) -> {
            if (failure != null) {
                answer.complete(new PublishAnswer.None("not connected: " + failure.getMessage(), false));
                return;
            }
            send(event, answer);
        });
        answer.whenComplete((_, _) -> forget(event, answer));
        return answer;
    }

    /// A relay that does not answer is left alone for a while: not everything shall wait for it again and again.
    private void overdue(Event event, CompletableFuture<PublishAnswer> answer, Duration timeout) {
        int mine;
        PublishAnswer none;
        boolean hopeless;
        synchronized (this) {
            mine = generation;
            none = published.overdue(event, answer, timeout);
            hopeless = published.hopeless();
        }
        if (answer.complete(none) && hopeless) {
            lost(mine, "does not answer");
        }
    }

    private synchronized void send(Event event, CompletableFuture<PublishAnswer> answer) {
        if (published.add(event, answer)) {
            send(new ClientMessage.Publish(event).json());
        }
    }

    private synchronized void forget(Event event, CompletableFuture<PublishAnswer> answer) {
        published.forget(event, answer);
    }

    private synchronized CompletableFuture<Void> whenOpen() {
        if (state == State.OPEN) {
            return CompletableFuture.completedFuture(null);
        }
        if (state == State.WAITING) {
            return CompletableFuture.failedFuture(new IllegalStateException(trouble));
        }
        var open = new CompletableFuture<Void>();
        awaitingOpen.add(open);
        start();
        return open;
    }

    synchronized void send(String text) {
        if (peer != null) {
            peer.send(text);
        }
    }

    private synchronized Optional<Subscriber> subscriber(String name) {
        return Optional.ofNullable(subscribers.get(name));
    }

    /// What arrives on one connection.
    private final class Session implements SocketSession {
        private final int mine;

        private Session(int mine) {
            this.mine = mine;
        }

        @Override
        public void text(String message) {
            synchronized (Relay.this) {
                if (mine != generation) {
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
                case RelayMessage.Sent(String name, Event event) ->
                    subscriber(name).ifPresent(s -> s.event(event));
                case RelayMessage.EndOfStored(String name, boolean complete) -> {
                    synchronized (Relay.this) {
                        failures = 0;
                    }
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

        private void prove(String challenge) {
            Optional<Event> proof = identity.prove(url, challenge);
            LOG.info("relay {}: asks who we are{}", url, proof.isPresent() ? "" : ", and we are nobody yet");
            synchronized (Relay.this) {
                if (mine == generation && proof.isPresent()) {
                    published.proving(proof.get().id());
                    send("[\"AUTH\"," + proof.get().json() + "]");
                }
            }
        }

        private void closed(String name, String reason) {
            Subscriber ended;
            synchronized (Relay.this) {
                ended = subscribers.remove(name);
                published.refused(reason);
            }
            if (ended != null) {
                ended.closed(reason);
            }
        }

        private void ok(String id, boolean accepted, String text) {
            List<Runnable> then;
            synchronized (Relay.this) {
                failures = 0;
                then = published.heard(id, new PublishAnswer.Said(accepted, text), Relay.this::send, authenticated);
            }
            then.forEach(Runnable::run);
        }

        @Override
        public void closed(int code, String reason) {
            lost(mine, "closed the connection (" + code + (reason.isEmpty() ? ")" : ": " + reason + ")"));
        }
    }
}
