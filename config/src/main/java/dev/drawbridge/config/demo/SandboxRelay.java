package dev.drawbridge.config.demo;

import dev.drawbridge.model.spi.Endpoint;
import dev.drawbridge.model.spi.HttpCall;
import dev.drawbridge.model.spi.SocketPeer;
import dev.drawbridge.model.spi.SocketSession;
import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.EventVerifier;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.event.Kind;
import dev.drawbridge.nostr.event.RelayMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A relay that takes every event with a right id and signature ([NIP-01](https://nips.nostr.com/1)) and honours
/// requests to delete ([NIP-09](https://nips.nostr.com/9)).
final class SandboxRelay {
    private static final int MOST_EVENTS = 2_000;
    private static final int MAX_MESSAGE = 1_000_000;

    private final String path;
    private final EventVerifier verifier;
    private final Consumer<Event> taken;
    private final List<Event> events = new ArrayList<>();
    private final Set<Session> sessions = new HashSet<>();

    /// @param taken told of every event that is new here, after everybody who asked for it
    SandboxRelay(String path, EventVerifier verifier, Consumer<Event> taken) {
        this.path = path;
        this.verifier = verifier;
        this.taken = taken;
    }

    Endpoint endpoint() {
        return new Endpoint.Socket(path, MAX_MESSAGE, this::open);
    }

    synchronized Optional<Event> find(EventId id) {
        return events.stream().filter(e -> e.id().equals(id)).findFirst();
    }

    /// How many clients there are.
    synchronized int clients() {
        return sessions.size();
    }

    /// Takes an event as if a client had sent it.
    ///
    /// @return what is wrong with it; empty if it is here now
    Optional<String> publish(Event event) {
        Optional<String> problem = verifier.problem(event);
        if (problem.isPresent()) {
            return problem;
        }
        if (add(event)) {
            taken.accept(event);
        }
        return Optional.empty();
    }

    private synchronized boolean add(Event event) {
        boolean outdated = events.stream()
                .anyMatch(old -> old.id().equals(event.id()) || (sameAddress(old, event) && !event.replaces(old)));
        if (outdated) {
            return false;
        }
        events.removeIf(old -> sameAddress(old, event) || deletes(event, old));
        events.add(event);
        if (events.size() > MOST_EVENTS) {
            events.removeFirst();
        }
        sessions.forEach(session -> session.offer(event));
        return true;
    }

    private static boolean sameAddress(Event one, Event other) {
        return one.address().isPresent() && one.address().equals(other.address());
    }

    private static boolean deletes(Event request, Event other) {
        return request.kind() == Kind.DELETION
                && request.pubkey().equals(other.pubkey())
                && request.eventIds("e").contains(other.id());
    }

    private synchronized List<Event> stored(List<Filter> filters) {
        Set<Event> found = new HashSet<>();
        for (Filter filter : filters) {
            events.stream()
                    .filter(filter::matches)
                    .sorted(Comparator.comparing(Event::createdAt).reversed())
                    .limit(filter.limit().orElse(MOST_EVENTS))
                    .forEach(found::add);
        }
        return found.stream()
                .sorted(Comparator.comparing(Event::createdAt).reversed())
                .toList();
    }

    private synchronized SocketSession open(HttpCall handshake, SocketPeer peer) {
        var session = new Session(peer);
        sessions.add(session);
        return session;
    }

    private final class Session implements SocketSession {
        private final SocketPeer peer;
        private final Map<String, List<Filter>> asked = new HashMap<>();

        Session(SocketPeer peer) {
            this.peer = peer;
        }

        @Override
        public void text(String message) {
            switch (ClientMessage.read(message)) {
                case ClientMessage.Publish(Event event) -> {
                    Optional<String> problem = publish(event);
                    send(new RelayMessage.Ok(
                            event.id().hex(),
                            problem.isEmpty(),
                            problem.map("invalid: "::concat).orElse("")));
                }
                case ClientMessage.Request(String name, List<Filter> filters) -> request(name, filters);
                case ClientMessage.Close(String name) -> close(name);
                case ClientMessage.BadEvent(String id, String detail) ->
                    send(new RelayMessage.Ok(id, false, "invalid: " + detail));
                case ClientMessage.BadRequest(String name, String detail, var _) ->
                    send(new RelayMessage.Closed(name, "invalid: " + detail));
                case ClientMessage.Count _,
                        ClientMessage.Authenticate _,
                        ClientMessage.NegOpen _,
                        ClientMessage.NegNext _,
                        ClientMessage.NegClose _,
                        ClientMessage.BadComparison _ ->
                    send(new RelayMessage.Notice("unsupported: this is a sandbox"));
                case ClientMessage.Unknown(String detail) -> send(new RelayMessage.Notice("invalid: " + detail));
            }
        }

        private void request(String name, List<Filter> filters) {
            synchronized (SandboxRelay.this) {
                asked.put(name, filters);
                stored(filters).forEach(event -> send(new RelayMessage.Sent(name, event)));
                send(new RelayMessage.EndOfStored(name, true));
            }
        }

        private void close(String name) {
            synchronized (SandboxRelay.this) {
                asked.remove(name);
            }
        }

        /// Called with the relay's lock held.
        private void offer(Event event) {
            asked.forEach((name, filters) -> {
                if (filters.stream().anyMatch(filter -> filter.matches(event))) {
                    send(new RelayMessage.Sent(name, event));
                }
            });
        }

        private void send(RelayMessage message) {
            peer.send(message.json());
        }

        @Override
        public void closed(int code, String reason) {
            synchronized (SandboxRelay.this) {
                sessions.remove(this);
            }
        }
    }
}
