package dev.drawbridge.nostr.http;

import dev.drawbridge.model.port.Meters;
import dev.drawbridge.nostr.event.RelayMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Our relay in numbers, for whoever runs it.
final class RelayMeters {
    private static final String ACCEPTED = "accepted";
    private static final String OTHER = "other";

    /// The words that answers begin with ([NIP-01](https://nips.nostr.com/1), [NIP-42](https://nips.nostr.com/42)).
    private static final Set<String> REASONS = Set.of(
            ACCEPTED,
            OTHER,
            "duplicate",
            "invalid",
            "blocked",
            "restricted",
            "rate-limited",
            "auth-required",
            "pow",
            "error");

    private final Map<String, Meters.Counter> answers = new HashMap<>();
    private final Meters.Counter slowReaders;
    private final Meters.Counter refusedConnections;
    private final Meters.Stopwatch publishing;

    RelayMeters(Meters meters, RelayHub hub) {
        for (String reason : REASONS) {
            answers.put(
                    reason, meters.counter("relay.events", "what clients published, by the answer", "reason", reason));
        }
        slowReaders = meters.counter("relay.cut", "connections that were ended by us", "reason", "slow-reader");
        refusedConnections =
                meters.counter("relay.cut", "connections that were ended by us", "reason", "too-many-of-one-address");
        publishing = meters.stopwatch("relay.publish", "from the beginning of a batch of events to its answers");
        meters.gauge("relay.connections", "connections to our relay", hub::size);
        meters.gauge("relay.subscriptions", "subscriptions that are open", hub::subscriptions);
    }

    void answered(RelayMessage.Ok answer) {
        String message = answer.message();
        String word = message.substring(0, Math.max(0, message.indexOf(':')));
        String reason = message.isEmpty() && answer.accepted() ? ACCEPTED : word;
        java.util.Objects.requireNonNull(answers.get(REASONS.contains(reason) ? reason : OTHER))
                .count();
    }

    void published(Duration time) {
        publishing.took(time);
    }

    void refusedConnection() {
        refusedConnections.count();
    }

    void cutOffSlowReader() {
        slowReaders.count();
    }
}
