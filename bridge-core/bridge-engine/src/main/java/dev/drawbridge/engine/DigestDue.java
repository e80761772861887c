package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Somebody is to be told who answered them, as the body of an event that no network can write.
///
/// @param until what came up to then
record DigestDue(Step step, Instant until) {
    private static final String MARK = "digest-due";

    /// What is told is forgotten only by a step of its own, which comes when the letter is safe.
    enum Step {
        TELL,
        FORGET
    }

    /// Has one name, whoever finds that it is due.
    NativeEvent event(NativeId person, Instant now) {
        String name = "#digest-" + step + "-" + until.toEpochMilli();
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK + ' ' + step + ' ' + until,
                now);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<DigestDue> of(String body) {
        String[] parts = body.split(" ");
        if (parts.length != 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DigestDue(Step.valueOf(parts[1]), Instant.parse(parts[2])));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
