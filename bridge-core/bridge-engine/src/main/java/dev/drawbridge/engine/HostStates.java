package dev.drawbridge.engine;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Parking;
import dev.drawbridge.model.spi.NetworkConnector;
import dev.drawbridge.model.spi.PausedHost;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The servers that something waits for, and those that are spared because they do not answer.
public final class HostStates {
    private static final int QUEUES = 1_000;
    private static final String PLACE = "destination ";

    private final Ports ports;
    private final Connectors connectors;

    public HostStates(Ports ports, Connectors connectors) {
        this.ports = ports;
        this.connectors = connectors;
    }

    /// One server.
    ///
    /// @param name as its network names it
    /// @param waiting how much waits for it, of the thousand longest queues
    /// @param since since when the first of it waits
    /// @param next when it is tried again
    /// @param reason why it waits; may be empty
    /// @param paused the breaker, if it is open
    public record Host(
            Network network,
            String name,
            long waiting,
            Optional<Instant> since,
            Optional<Instant> next,
            String reason,
            Optional<PausedHost> paused) {
        private Host and(Parking.Queue queue) {
            return new Host(
                    network,
                    name,
                    waiting + queue.size(),
                    earlier(since, queue.since()),
                    earlier(next, queue.next()),
                    queue.reason(),
                    paused);
        }

        private static Optional<Instant> earlier(Optional<Instant> one, Instant other) {
            return one.filter(other::isAfter).or(() -> Optional.of(other));
        }
    }

    /// Those for which most waits first.
    public List<Host> all() {
        Map<String, Host> hosts = new LinkedHashMap<>();
        for (NetworkConnector connector : connectors.all()) {
            for (PausedHost paused : connector.paused()) {
                var host = none(connector.network(), paused.host(), Optional.of(paused));
                hosts.put(connector.network() + "|" + paused.host(), host);
            }
        }
        for (Parking.Queue queue : ports.parking().queues(QUEUES)) {
            ParkingKeys.network(queue.key())
                    .filter(connectors::has)
                    .filter(_ -> queue.key().startsWith(PLACE))
                    .ifPresent(network -> {
                        String name = name(network, queue.key());
                        hosts.compute(
                                network + "|" + name,
                                (_, before) -> Optional.ofNullable(before)
                                        .orElseGet(() -> none(network, name, Optional.empty()))
                                        .and(queue));
                    });
        }
        return hosts.values().stream()
                .sorted(Comparator.comparingLong(Host::waiting)
                        .reversed()
                        .thenComparing(Host::network)
                        .thenComparing(Host::name))
                .toList();
    }

    private static Host none(Network network, String name, Optional<PausedHost> paused) {
        return new Host(network, name, 0, Optional.empty(), Optional.empty(), "", paused);
    }

    private String name(Network network, String key) {
        String address = key.substring(PLACE.length() + network.name().length() + 1);
        return connectors.get(network).home(address).orElse(address);
    }
}
