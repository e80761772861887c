package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Somebody is shown on a network whom others wait for there: what follows of it, a page at a time, as the body of an
/// event that no network can write.
///
/// @param network where they are shown now
/// @param step what is done about the first page of those who wait
record Arrival(Network network, Step step) {
    private static final String MARK = "arrival";

    /// What is told is forgotten only by a step of its own, which comes when the letters are safe.
    enum Step {
        TELL,
        FORGET
    }

    /// @param cause what made it so, or went before
    NativeEvent event(NativeId person, String cause, Instant now) {
        String name = "#arrival-" + network + "-" + step + "-" + cause;
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK + ' ' + network + ' ' + step,
                now);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<Arrival> of(String body) {
        String[] parts = body.split(" ");
        if (parts.length != 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Arrival(new Network(parts[1]), Step.valueOf(parts[2])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
