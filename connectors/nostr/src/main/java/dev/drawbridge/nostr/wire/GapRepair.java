package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.EventId;
import dev.drawbridge.nostr.event.Filter;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.negentropy.ItemSet;
import dev.drawbridge.nostr.negentropy.Reconciliation.Initiator;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares what we took with what a relay has, filter by filter, and asks for what we missed
/// ([NIP-77](https://nips.nostr.com/77)): events that name an earlier time than they came, or came while we read. A
/// relay that ends it, or does not keep to the protocol, is left at that: reading by time goes on.
final class GapRepair {
    private static final Logger LOG = LoggerFactory.getLogger(GapRepair.class);

    /// Bytes of one message of ours, in hexadecimal twice as long.
    private static final int FRAME = 16_000;

    /// Ids in one request.
    private static final int IDS = 250;

    private static final int MOST_ROUNDS = 100;
    private static final HexFormat HEX = HexFormat.of();

    private final Relay relay;
    private final Known known;
    private final Consumer<Event> missed;
    private final Deque<Filter> filters;

    /// What we have.
    @FunctionalInterface
    interface Known {
        Collection<Item> matching(Filter filter);
    }

    /// @param missed told of every event that comes, in no order
    GapRepair(Relay relay, Known known, Consumer<Event> missed, Collection<Filter> filters) {
        this.relay = relay;
        this.known = known;
        this.missed = missed;
        this.filters = new ArrayDeque<>(filters);
    }

    /// Begins with the first filter, or does nothing if none is left or the connection is gone.
    void start() {
        Filter filter = filters.poll();
        if (filter != null) {
            var comparing = new Comparing(filter);
            relay.ask(
                    comparing.name,
                    new ClientMessage.NegOpen(comparing.name, filter, comparing.open()).json(),
                    comparing);
        }
    }

    private final class Comparing implements Subscriber {
        private final String name = relay.freshName("n");
        private final Initiator ours;
        private final Deque<EventId> lacking = new ArrayDeque<>();
        private int rounds;

        private Comparing(Filter filter) {
            this.ours = new Initiator(ItemSet.of(known.matching(filter)), FRAME);
        }

        private String open() {
            return HEX.formatHex(ours.open());
        }

        @Override
        public void compared(String message) {
            Optional<byte[]> next = bytes(message).flatMap(this::take);
            if (next.isPresent() && ++rounds < MOST_ROUNDS) {
                relay.send(new ClientMessage.NegNext(name, HEX.formatHex(next.get())).json());
                return;
            }
            end();
        }

        @Override
        public void notCompared(String reason) {
            LOG.info("relay {}: does not compare: {}", relay.url(), reason);
            end();
        }

        private Optional<byte[]> bytes(String message) {
            try {
                return Optional.of(HEX.parseHex(message));
            } catch (IllegalArgumentException e) {
                LOG.info("relay {}: cannot be compared with: {}", relay.url(), e.getMessage());
                return Optional.empty();
            }
        }

        private void end() {
            relay.end(name, new ClientMessage.NegClose(name).json());
            LOG.info("relay {}: {} events were missed", relay.url(), lacking.size());
            fetch();
        }

        private Optional<byte[]> take(byte[] message) {
            return switch (ours.take(message)) {
                case Step.Progress(Optional<byte[]> next, var _, List<EventId> need) -> {
                    lacking.addAll(need);
                    yield next;
                }
                case Step.Malformed(String detail) -> {
                    LOG.info("relay {}: cannot be compared with: {}", relay.url(), detail);
                    yield Optional.empty();
                }
            };
        }

        private void fetch() {
            if (lacking.isEmpty()) {
                GapRepair.this.start();
                return;
            }
            List<EventId> some = lacking.stream().limit(IDS).toList();
            some.forEach(_ -> lacking.remove());
            String page = relay.freshName("m");
            relay.subscribe(page, List.of(Filter.ANY.ids(some)), new Fetching(page, this));
        }

        @Override
        public void event(Event event) {
            LOG.debug("relay {}: sends events of a comparison", relay.url());
        }

        @Override
        public void endOfStored(boolean complete) {
            LOG.debug("relay {}: ends stored events of a comparison", relay.url());
        }

        @Override
        public void closed(String reason) {
            LOG.info("relay {}: a comparison ended: {}", relay.url(), reason);
        }
    }

    private final class Fetching implements Subscriber {
        private final String page;
        private final Comparing comparing;

        private Fetching(String page, Comparing comparing) {
            this.page = page;
            this.comparing = comparing;
        }

        @Override
        public void event(Event event) {
            missed.accept(event);
        }

        @Override
        public void endOfStored(boolean complete) {
            relay.unsubscribe(page);
            comparing.fetch();
        }

        @Override
        public void closed(String reason) {
            LOG.info("relay {}: does not send what was missed: {}", relay.url(), reason);
        }
    }
}
