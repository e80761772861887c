package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Something about the operator's rules that somebody has to be told. It goes through the inbox as an event that no
/// network can write, so that none is lost half way.
///
/// @param words the operator's, one line; empty where they say nothing; of a rule that ended, which it was
record Ruling(What what, String words, Instant at) {
    /// What happened.
    enum What {
        /// A rule covers them now.
        BEGINS,
        /// None does any more.
        ENDS,
        /// Their appeal was answered with no.
        APPEAL_REFUSED
    }

    private static final String MARK = "ruling";

    NativeEvent about(NativeId person) {
        String name = "#ruling-" + what.name().toLowerCase(Locale.ROOT) + "-" + at.toEpochMilli();
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK + ' ' + what + ' ' + at + ' ' + words,
                at);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<Ruling> of(String body) {
        String[] parts = body.split(" ", 4);
        if (parts.length < 4 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Ruling(What.valueOf(parts[1]), parts[3], Instant.parse(parts[2])));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
