package dev.drawbridge.engine;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import dev.drawbridge.model.port.Parking;
import dev.drawbridge.model.spi.NetworkConnector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// How an instance is: what waits for which network, how long things take, and when a network was in trouble last. The
/// answer is at most five seconds old, or as old as the last one while somebody looks, however often it is asked for.
public final class InstanceStatus {
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int QUEUES = 1_000;
    private static final int CROSSINGS = 500;

    private final Ports ports;
    private final Connectors connectors;
    private final Supplier<Map<String, Long>> depths;
    private final InstantSource clock;
    private final ConcurrentMap<Network, Incident> incidents = new ConcurrentHashMap<>();
    private final LastLook<Snapshot> last;

    /// @param depths how much is ready and not yet done, by queue: `inbox`, `outbox.nostr`, …
    public InstanceStatus(Ports ports, Connectors connectors, Supplier<Map<String, Long>> depths, InstantSource clock) {
        this.ports = ports;
        this.connectors = connectors;
        this.depths = depths;
        this.clock = clock;
        this.last = new LastLook<>(FRESH, clock, this::look);
    }

    /// @param at when it was so
    /// @param arrived what came in and is not looked at yet
    /// @param networks in order
    public record Snapshot(Instant at, long crossed, long waiting, long givenUp, long arrived, List<Line> networks) {
        public Snapshot {
            networks = List.copyOf(networks);
        }
    }

    /// One network.
    ///
    /// @param troubles what an operator should know; empty if all is well
    /// @param ready what goes out as soon as it can
    /// @param waiting what has to wait for something, of the thousand longest queues
    /// @param oldest since when the first of these waits
    /// @param lag how long it took lately from receipt to delivery: the median
    /// @param incident the last trouble since this process began
    public record Line(
            Network network,
            List<String> troubles,
            long ready,
            long waiting,
            Optional<Instant> oldest,
            Optional<Duration> lag,
            Optional<Incident> incident) {
        public Line {
            troubles = List.copyOf(troubles);
        }

        public boolean well() {
            return troubles.isEmpty();
        }
    }

    /// @param ended empty while it lasts
    public record Incident(Instant began, Optional<Instant> ended) {}

    /// How it is, as it was seen last.
    ///
    /// @throws dev.drawbridge.model.port.StoreUnavailableException if the store does not answer
    public Snapshot now() {
        return last.get();
    }

    private Snapshot look() {
        Instant now = clock.instant();
        Map<String, Long> ready = depths.get();
        List<Parking.Queue> queues = ports.parking().queues(QUEUES);
        List<Crossings.Crossing> crossings = ports.crossings().newest(CROSSINGS);
        List<Line> lines = connectors.all().stream()
                .map(connector -> line(connector, ready, queues, crossings, now))
                .toList();
        return new Snapshot(
                now,
                ports.crossings().count(Crossings.State.CROSSED),
                ports.parking().count(),
                ports.deadLetters().count(),
                ready.getOrDefault("inbox", 0L),
                lines);
    }

    private Line line(
            NetworkConnector connector,
            Map<String, Long> ready,
            List<Parking.Queue> queues,
            List<Crossings.Crossing> crossings,
            Instant now) {
        Network network = connector.network();
        List<String> troubles = connector.troubles();
        note(network, !troubles.isEmpty(), now);
        List<Parking.Queue> here = queues.stream()
                .filter(q -> ParkingKeys.network(q.key()).equals(Optional.of(network)))
                .toList();
        return new Line(
                network,
                troubles,
                ready.getOrDefault("outbox." + network.name(), 0L),
                here.stream().mapToLong(Parking.Queue::size).sum(),
                here.stream().map(Parking.Queue::since).min(Comparator.naturalOrder()),
                lag(network, crossings),
                Optional.ofNullable(incidents.get(network)));
    }

    private static Optional<Duration> lag(Network network, List<Crossings.Crossing> crossings) {
        List<Duration> took = crossings.stream()
                .filter(c -> c.target().equals(network) && c.state() == Crossings.State.CROSSED)
                .map(Crossings.Crossing::took)
                .sorted()
                .toList();
        return took.isEmpty() ? Optional.empty() : Optional.of(took.get(took.size() / 2));
    }

    private void note(Network network, boolean troubled, Instant now) {
        incidents.compute(network, (_, before) -> {
            boolean lasting = before != null && before.ended().isEmpty();
            if (troubled) {
                return lasting ? before : new Incident(now, Optional.empty());
            }
            return lasting ? new Incident(before.began(), Optional.of(now)) : before;
        });
    }
}
