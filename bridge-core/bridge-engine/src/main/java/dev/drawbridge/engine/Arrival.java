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
/// @param last the last of those who were told and may be forgotten; empty while telling
record Arrival(Network network, Step step, Optional<NativeId> last) {
    private static final String MARK = "arrival";

    /// What is told is forgotten only by a step of its own, which comes when the letters are safe.
    enum Step {
        TELL,
        FORGET
    }

    static Arrival telling(Network network) {
        return new Arrival(network, Step.TELL, Optional.empty());
    }

    /// What follows when everybody up to `last` is told.
    Arrival forgetting(NativeId last) {
        return new Arrival(network, Step.FORGET, Optional.of(last));
    }

    /// @param cause what made it so, or went before
    NativeEvent event(NativeId person, String cause, Instant now) {
        String name = "#arrival-" + network + "-" + step + "-" + cause;
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK
                        + ' '
                        + network
                        + ' '
                        + step
                        + last.map(told -> " " + told.key()).orElse(""),
                now);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<Arrival> of(String body) {
        String[] parts = body.split(" ", 4);
        if (parts.length < 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            Optional<NativeId> last = parts.length == 3 ? Optional.empty() : Optional.of(NativeId.parse(parts[3]));
            return Optional.of(new Arrival(new Network(parts[1]), Step.valueOf(parts[2]), last));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
