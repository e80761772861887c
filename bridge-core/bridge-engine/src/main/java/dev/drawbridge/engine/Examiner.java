package dev.drawbridge.engine;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Has every connector look at itself from outside, as its network sees it: real requests, which may take some seconds.
/// Once at a time, whoever asks.
public final class Examiner {
    private final Connectors connectors;
    private final InstantSource clock;
    private final ReentrantLock one = new ReentrantLock();
    private volatile Optional<Report> last = Optional.empty();

    public Examiner(Connectors connectors, InstantSource clock) {
        this.connectors = connectors;
        this.clock = clock;
    }

    /// @param at when it was so
    public record Report(Instant at, List<Line> lines) {
        public Report {
            lines = List.copyOf(lines);
        }

        public List<Finding> findings() {
            return lines.stream().map(Line::finding).toList();
        }
    }

    public record Line(Network network, Finding finding) {}

    /// Looks now.
    ///
    /// @return empty if somebody else does so already
    public Optional<Report> look() {
        if (!one.tryLock()) {
            return Optional.empty();
        }
        try {
            List<Line> lines = connectors.all().stream()
                    .flatMap(connector ->
                            connector.examine().stream().map(found -> new Line(connector.network(), found)))
                    .toList();
            var report = new Report(clock.instant(), lines);
            last = Optional.of(report);
            return last;
        } finally {
            one.unlock();
        }
    }

    /// What was seen last in this process.
    public Optional<Report> last() {
        return last;
    }
}
