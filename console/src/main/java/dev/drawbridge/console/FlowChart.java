package dev.drawbridge.console;

import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Crossings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What arrived on each network lately, as bars one on top of the other: an image without any script.
///
/// @param bars in the units of [#getViewBox()]
/// @param columns how many places there are for bars
/// @param most what the highest column has
/// @param rows how much arrived on each network, in order
record FlowChart(List<Bar> bars, int columns, long most, List<Row> rows) {
    private static final int WIDTH = 10;
    private static final int HEIGHT = 100;

    /// @param css of the network
    record Bar(int x, double y, double height, String css) {}

    record Row(Shore shore, long arrived) {}

    /// What a chart shows, up to now.
    enum Span {
        /// Minute by minute.
        HOUR(60, 1),
        /// By quarters of an hour.
        DAY(96, 15);

        private final int columns;
        private final int minutes;

        Span(int columns, int minutes) {
            this.columns = columns;
            this.minutes = minutes;
        }

        /// Where it begins.
        Instant since(Instant now) {
            return now.minus(Duration.ofMinutes((long) columns * minutes));
        }

        /// How many columns a time lies back; negative if it lies ahead.
        private long back(Instant at, Instant now) {
            return column(now) - column(at);
        }

        private long column(Instant at) {
            return Math.floorDiv(at.getEpochSecond(), minutes * 60L);
        }
    }

    /// @param hours all of the span; others are left out
    static FlowChart of(List<Crossings.Hour> hours, Collection<Network> networks, Span span, Instant now) {
        Map<Network, long[]> columns = new HashMap<>();
        networks.forEach(network -> columns.put(network, new long[span.columns]));
        for (Crossings.Hour hour : hours) {
            Optional.ofNullable(columns.get(hour.target())).ifPresent(row -> add(hour, row, span, now));
        }
        long most = 0;
        for (int column = 0; column < span.columns; column++) {
            long all = 0;
            for (long[] row : columns.values()) {
                all += row[column];
            }
            most = Math.max(most, all);
        }
        return new FlowChart(bars(columns, networks, span, most), span.columns, most, rows(columns, networks));
    }

    private static void add(Crossings.Hour hour, long[] row, Span span, Instant now) {
        for (int minute = 0; minute < Crossings.Hour.MINUTES; minute++) {
            long back = span.back(hour.from().plus(Duration.ofMinutes(minute)), now);
            if (back >= 0 && back < span.columns) {
                row[span.columns - 1 - (int) back] += hour.minutes().get(minute);
            }
        }
    }

    private static List<Bar> bars(Map<Network, long[]> columns, Collection<Network> networks, Span span, long most) {
        var bars = new ArrayList<Bar>();
        for (int column = 0; column < span.columns; column++) {
            double y = HEIGHT;
            for (Network network : networks) {
                long arrived = row(columns, network)[column];
                if (arrived > 0) {
                    double height = (double) arrived * HEIGHT / most;
                    y -= height;
                    bars.add(
                            new Bar(column * WIDTH, y, height, Shore.of(network).css()));
                }
            }
        }
        return List.copyOf(bars);
    }

    private static long[] row(Map<Network, long[]> columns, Network network) {
        return Objects.requireNonNull(columns.get(network));
    }

    private static List<Row> rows(Map<Network, long[]> columns, Collection<Network> networks) {
        return networks.stream()
                .map(network -> new Row(Shore.of(network), sum(row(columns, network))))
                .toList();
    }

    private static long sum(long[] row) {
        long sum = 0;
        for (long arrived : row) {
            sum += arrived;
        }
        return sum;
    }

    public String getViewBox() {
        return "0 0 " + columns * WIDTH + " " + HEIGHT;
    }

    /// In words, for whoever does not see it.
    public String getSummary() {
        return String.join(
                ", ",
                rows.stream()
                        .map(row -> row.shore().name() + " " + row.arrived())
                        .toList());
    }
}
