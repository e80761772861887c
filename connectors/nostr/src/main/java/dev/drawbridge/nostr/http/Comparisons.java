package dev.drawbridge.nostr.http;

import dev.drawbridge.nostr.event.ClientMessage;
import dev.drawbridge.nostr.event.RelayMessage;
import dev.drawbridge.nostr.negentropy.Item;
import dev.drawbridge.nostr.negentropy.ItemSet;
import dev.drawbridge.nostr.negentropy.Reconciliation.Responder;
import dev.drawbridge.nostr.negentropy.Reconciliation.Step;
import dev.drawbridge.nostr.store.View;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The comparisons one client has open ([NIP-77](https://nips.nostr.com/77)). What is opened after the end is
/// refused.
final class Comparisons {
    /// Bytes of an answer of ours; twice as many characters.
    private static final int FRAME = 60_000;

    private static final HexFormat HEX = HexFormat.of();

    private record Open(Responder responder, int size) {}

    private final RelayParts parts;
    private final AtomicLong atOnce;
    private final Map<String, Open> open = new HashMap<>();
    private boolean ended;

    /// @param atOnce how many events all comparisons of the relay hold now
    Comparisons(RelayParts parts, AtomicLong atOnce) {
        this.parts = parts;
        this.atOnce = atOnce;
    }

    synchronized RelayMessage open(ClientMessage.NegOpen request, View view) {
        RelayLimits limits = parts.limits();
        String name = request.subscription();
        close(name);
        if (ended || open.size() >= limits.comparisons()) {
            return error(name, "blocked: more than " + limits.comparisons() + " comparisons at a time");
        }
        List<Item> items = parts.store().items(request.filter(), limits.compared() + 1, view);
        if (items.size() > limits.compared()) {
            return error(name, "blocked: more than " + limits.compared() + " events, ask for fewer");
        }
        if (atOnce.addAndGet(items.size()) > limits.comparedAtOnce()) {
            atOnce.addAndGet(-items.size());
            return error(name, "blocked: this relay compares too much already, try again later");
        }
        open.put(name, new Open(new Responder(ItemSet.of(items), FRAME), items.size()));
        return next(new ClientMessage.NegNext(name, request.message()));
    }

    synchronized RelayMessage next(ClientMessage.NegNext message) {
        String name = message.subscription();
        Open comparison = open.get(name);
        if (comparison == null) {
            return error(name, "closed: no such comparison");
        }
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
            atOnce.addAndGet(-gone.size());
        }
    }

    synchronized void closeAll() {
        ended = true;
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private static RelayMessage error(String name, String reason) {
        return new RelayMessage.NegError(name, reason);
    }
}
