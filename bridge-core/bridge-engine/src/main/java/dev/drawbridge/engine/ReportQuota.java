package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.port.Cursors;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How many complaints our bots hand on in a day (UTC): nobody makes them flood another network, whatever they complain
/// about and from how many servers. Kept across restarts in one cursor for each network; several instances
/// that count at the same moment may let a few more through.
final class ReportQuota {
    /// From one server, or from one person where people have none.
    static final int OF_ONE_SOURCE = 30;
    /// From all of one network.
    static final int OF_ALL = 300;

    private static final String SEPARATOR = " ";
    /// Sources are told apart, and cannot be read from what is stored.
    private static final int SOURCES = 1 << 16;

    private final Cursors cursors;
    private final InstantSource clock;

    ReportQuota(Cursors cursors, InstantSource clock) {
        this.cursors = cursors;
        this.clock = clock;
    }

    /// Counts a complaint. One that was counted already is not counted again.
    ///
    /// @param source the server or the person it comes from
    /// @param complaint what it is called when it is handed on
    /// @return why it must not be handed on today; empty if it may
    synchronized Optional<String> refusal(Network from, String source, NativeId complaint) {
        String stream = "reports " + from;
        String day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        List<String> counted = counted(stream, day);
        String mark = "/" + complaint.value();
        if (counted.stream().anyMatch(c -> c.endsWith(mark))) {
            return Optional.empty();
        }
        if (counted.size() >= OF_ALL) {
            return Optional.of(OF_ALL + " reports from " + from + " were handed on today");
        }
        String by = String.format(Locale.ROOT, "%04x", Math.floorMod((day + source).hashCode(), SOURCES));
        if (counted.stream().filter(c -> c.startsWith(by + "/")).count() >= OF_ONE_SOURCE) {
            return Optional.of(OF_ONE_SOURCE + " reports from where it comes from were handed on today");
        }
        counted.add(by + mark);
        cursors.put(stream, day + SEPARATOR + String.join(SEPARATOR, counted));
        return Optional.empty();
    }

    private List<String> counted(String stream, String day) {
        return cursors.get(stream)
                .filter(c -> c.startsWith(day + SEPARATOR))
                .map(c -> List.of(c.split(SEPARATOR)))
                .map(parts -> new ArrayList<>(parts.subList(1, parts.size())))
                .orElseGet(ArrayList::new);
    }
}
