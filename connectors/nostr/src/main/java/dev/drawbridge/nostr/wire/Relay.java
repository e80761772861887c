package dev.drawbridge.nostr.wire;

import dev.drawbridge.model.port.OutboundHttp.OutboundException;
import dev.drawbridge.model.port.OutboundSockets;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.RelayUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private String trouble = "not connected yet";
    private @Nullable Line line;
    private final List<CompletableFuture<Line>> awaitingOpen = new ArrayList<>();

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
        var here = new Line(url, fresh, identity, new Keeping(mine));
        List<CompletableFuture<Line>> waiting;
        synchronized (this) {
            if (mine != generation) {
                here.finish("nobody waits for it any more").run();
                return here;
            }
            state = State.OPEN;
            line = here;
            waiting = List.copyOf(awaitingOpen);
            awaitingOpen.clear();
        }
        LOG.info("relay {}: connected", url);
        opened.run();
        waiting.forEach(w -> w.complete(here));
        timer.after(Probe.EVERY, () -> heartbeat(mine));
        return here;
    }

    /// A dead connection looks like a quiet one until somebody asks.
    private void heartbeat(int mine) {
        Optional<Line> asked = current().filter(_ -> isCurrent(mine));
        if (asked.isEmpty()) {
            return;
        }
        if (asked.get().alive()) {
            timer.after(Probe.EVERY, () -> heartbeat(mine));
        } else {
            lost(mine, "does not answer any more");
        }
    }

    private synchronized boolean isCurrent(int mine) {
        return mine == generation && state == State.OPEN;
    }

    private synchronized Optional<Line> current() {
        return Optional.ofNullable(line);
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
        Runnable goodbye = line == null ? () -> {} : line.finish(reason);
        line = null;
        List<CompletableFuture<Line>> hopeful = List.copyOf(awaitingOpen);
        awaitingOpen.clear();
        return () -> {
            goodbye.run();
            hopeful.forEach(f -> f.completeExceptionally(new IllegalStateException(reason)));
        };
    }

    /// A subscription name nobody used on this relay before.
    synchronized String freshName(String prefix) {
        return prefix + ++names;
    }

    /// Whether nobody waits for anything from it.
    synchronized boolean idle() {
        return (line == null || line.idle()) && awaitingOpen.isEmpty();
    }

    /// Subscribes. Does nothing while there is no connection.
    ///
    /// @param name unique on this connection
    /// @return whether the relay was asked
    boolean subscribe(String name, List<Filter> filters, Subscriber subscriber) {
        return ask(name, new ClientMessage.Request(name, filters).json(), subscriber);
    }

    boolean ask(String name, String request, Subscriber subscriber) {
        return current().filter(l -> l.ask(name, request, subscriber)).isPresent();
    }

    /// Ends a subscription without telling its subscriber.
    void unsubscribe(String name) {
        end(name, new ClientMessage.Close(name).json());
    }

    void end(String name, String goodbye) {
        current().ifPresent(l -> l.end(name, goodbye));
    }

    void send(String text) {
        current().ifPresent(l -> l.send(text));
    }

    /// Publishes an event, over a connection that is made first if none is under way or standing.
    ///
    /// @return what the relay said; never fails
    CompletableFuture<PublishAnswer> publish(Event event, Duration timeout) {
        var answer = new CompletableFuture<PublishAnswer>();
        timer.after(timeout, () -> overdue(event, answer, timeout));
        whenOpen().whenComplete((there, failure) -> {
            if (failure != null) {
                answer.complete(new PublishAnswer.None("not connected: " + failure.getMessage(), false));
            } else {
                there.publish(event, answer);
            }
        });
        return answer;
    }

    /// A relay that does not answer is left alone for a while: not everything shall wait for it again and again.
    private void overdue(Event event, CompletableFuture<PublishAnswer> answer, Duration timeout) {
        int mine;
        Optional<Line> asked;
        synchronized (this) {
            mine = generation;
            asked = current();
        }
        PublishAnswer none = asked.map(l -> l.overdue(event, answer, timeout))
                .orElseGet(() -> PublishAnswer.None.after(timeout, false));
        boolean hopeless = asked.filter(Line::hopeless).isPresent();
        if (answer.complete(none) && hopeless) {
            lost(mine, "does not answer");
        }
    }

    /// Connects if there is no connection.
    ///
    /// @return whether there is one, after `timeout` at the latest; never fails
    CompletableFuture<Boolean> reach(Duration timeout) {
        var reached = new CompletableFuture<Boolean>();
        timer.after(timeout, () -> reached.complete(false));
        whenOpen().whenComplete((_, failure) -> reached.complete(failure == null));
        return reached;
    }

    private synchronized CompletableFuture<Line> whenOpen() {
        if (line != null) {
            return CompletableFuture.completedFuture(line);
        }
        if (state == State.WAITING) {
            return CompletableFuture.failedFuture(new IllegalStateException(trouble));
        }
        var open = new CompletableFuture<Line>();
        awaitingOpen.add(open);
        start();
        return open;
    }

    /// What is heard of one connection.
    private final class Keeping implements Line.Keeper {
        private final int mine;

        private Keeping(int mine) {
            this.mine = mine;
        }

        @Override
        public void works() {
            synchronized (Relay.this) {
                failures = 0;
            }
        }

        @Override
        public void authenticated() {
            Runnable then;
            synchronized (Relay.this) {
                then = authenticated;
            }
            then.run();
        }

        @Override
        public void lost(String reason) {
            Relay.this.lost(mine, reason);
        }
    }
}
