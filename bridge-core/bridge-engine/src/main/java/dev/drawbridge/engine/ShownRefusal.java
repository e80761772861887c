package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A profile refuses, and was read only after its owner had been accepted: nobody could tell before. Ends what they
/// asked for, as a profile that they change does.
///
/// @param at when it was read
record ShownRefusal(Instant at) {
    private static final String MARK = "shown-refusal";

    /// The event that has it done.
    NativeEvent by(NativeId person) {
        var name = new NativeId(person.network(), person.value() + "#refused-" + at.toEpochMilli());
        return new NativeEvent(name, person, NativeEvent.Kind.COMMAND, Set.of(), MARK + ' ' + at, at);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<ShownRefusal> of(String body) {
        String[] parts = body.split(" ", 2);
        if (parts.length < 2 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ShownRefusal(Instant.parse(parts[1])));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
