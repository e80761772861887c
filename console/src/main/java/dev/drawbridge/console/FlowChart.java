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

/// What arrived on each network in the last hour, minute by minute, as bars one on top of the other: an image without
/// any script.
///
/// @param bars in the units of [#getViewBox()]
/// @param most what the highest minute has
/// @param rows how much arrived on each network, in order
record FlowChart(List<Bar> bars, long most, List<Row> rows) {
    private static final int MINUTES = 60;
    private static final int WIDTH = 10;
    private static final int HEIGHT = 100;

    /// @param css of the network
    record Bar(int x, double y, double height, String css) {}

    record Row(Shore shore, long arrived) {}

    static FlowChart of(List<Crossings.Crossing> crossings, Collection<Network> networks, Instant now) {
        Map<Network, long[]> minutes = new HashMap<>();
        networks.forEach(network -> minutes.put(network, new long[MINUTES]));
        for (Crossings.Crossing crossing : crossings) {
            long ago = Duration.between(crossing.at(), now).toMinutes();
            long[] row = minutes.get(crossing.target());
            boolean counts = crossing.state() == Crossings.State.CROSSED && ago >= 0 && ago < MINUTES;
            if (row != null && counts) {
                row[MINUTES - 1 - (int) ago]++;
            }
        }
        long most = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            long all = 0;
            for (long[] row : minutes.values()) {
                all += row[minute];
            }
            most = Math.max(most, all);
        }
        return new FlowChart(bars(minutes, networks, most), most, rows(minutes, networks));
    }

    private static List<Bar> bars(Map<Network, long[]> minutes, Collection<Network> networks, long most) {
        var bars = new ArrayList<Bar>();
        for (int minute = 0; minute < MINUTES; minute++) {
            double y = HEIGHT;
            for (Network network : networks) {
                long arrived = minutes.getOrDefault(network, new long[MINUTES])[minute];
                if (arrived > 0) {
                    double height = (double) arrived * HEIGHT / most;
                    y -= height;
                    bars.add(
                            new Bar(minute * WIDTH, y, height, Shore.of(network).css()));
                }
            }
        }
        return List.copyOf(bars);
    }

    private static List<Row> rows(Map<Network, long[]> minutes, Collection<Network> networks) {
        return networks.stream()
                .map(network -> new Row(Shore.of(network), sum(minutes.getOrDefault(network, new long[MINUTES]))))
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
        return "0 0 " + MINUTES * WIDTH + " " + HEIGHT;
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
