package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.negentropy.ItemSet;
import dev.drawbridge.nostr.negentropy.Reconciliation.Responder;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import dev.drawbridge.nostr.store.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The comparisons one client has open ([NIP-77](https://nips.nostr.com/77)). What is opened after the end is
/// refused.
final class Comparisons {
    /// Bytes of an answer of ours; twice as many characters.
    private static final int FRAME = 60_000;

    private static final HexFormat HEX = HexFormat.of();

    /// @param used when the client last asked about it
    private record Open(Responder responder, int size, Instant used) {}

    private final RelayParts parts;
    private final ComparisonRoom room;
    private final Map<String, Open> open = new HashMap<>();
    private boolean ended;

    Comparisons(RelayParts parts, ComparisonRoom room) {
        this.parts = parts;
        this.room = room;
    }

    RelayMessage open(ClientMessage.NegOpen request, View view) {
        RelayLimits limits = parts.limits();
        String name = request.subscription();
        if (!mayOpen(name)) {
            return error(name, "blocked: more than " + limits.comparisons() + " comparisons at a time");
        }
        List<Item> items = parts.store().items(request.filter(), limits.compared() + 1, view);
        if (items.size() > limits.compared()) {
            return error(name, "blocked: more than " + limits.compared() + " events, ask for fewer");
        }
        if (!room.take(this, items.size())) {
            return error(name, "blocked: this relay compares too much already, try again later");
        }
        keep(name, new Open(new Responder(ItemSet.of(items), FRAME), items.size(), now()));
        return next(new ClientMessage.NegNext(name, request.message()));
    }

    private synchronized boolean mayOpen(String name) {
        close(name);
        return !ended && open.size() < parts.limits().comparisons();
    }

    private synchronized void keep(String name, Open comparison) {
        open.put(name, comparison);
        if (ended) {
            closeAll();
        }
    }

    private Instant now() {
        return parts.clock().instant();
    }

    synchronized RelayMessage next(ClientMessage.NegNext message) {
        String name = message.subscription();
        Open comparison = open.get(name);
        if (comparison == null) {
            return error(name, "closed: no such comparison");
        }
        open.put(name, new Open(comparison.responder(), comparison.size(), now()));
        return switch (comparison.responder().take(HEX.parseHex(message.message()))) {
            case Step.Progress progress ->
                new RelayMessage.NegAnswer(name, HEX.formatHex(progress.next().orElseThrow()));
            case Step.Malformed(String detail) -> {
                close(name);
                yield error(name, "invalid: " + detail);
            }
        };
    }

    synchronized void close(String name) {
        Open gone = open.remove(name);
        if (gone != null) {
            room.give(gone.size());
        }
        if (open.isEmpty()) {
            room.leave(this);
        }
    }

    /// Closes those nobody asked about since `before`.
    synchronized void closeIdle(Instant before) {
        List<String> idle = open.entrySet().stream()
                .filter(e -> e.getValue().used().isBefore(before))
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(this::close);
    }

    synchronized void closeAll() {
        ended = true;
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private static RelayMessage error(String name, String reason) {
        return new RelayMessage.NegError(name, reason);
    }
}
