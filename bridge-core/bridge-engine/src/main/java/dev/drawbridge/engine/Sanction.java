package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What the operator decides about somebody who is carried. It goes through the inbox as an event that no network can
/// write, so that none is lost half way.
///
/// @param removes whether every copy goes and they are not carried again, or they may ask again
/// @param reason told to them in these words, one line
public record Sanction(boolean removes, String reason, Instant at) {
    private static final String MARK = "sanction";
    private static final String REMOVED = "removed by the operator: ";
    private static final String LIFTED = "the operator lets them ask again: ";
    private static final int LONGEST = 500;

    /// @throws IllegalArgumentException if `reason` is not one line of 1 to 500 characters
    public Sanction {
        if (reason.isBlank() || reason.length() > LONGEST || reason.lines().count() != 1) {
            throw new IllegalArgumentException("a reason is one line of 1 to " + LONGEST + " characters");
        }
    }

    /// The event that has it done.
    public NativeEvent about(NativeId person) {
        String name = "#sanction-" + (removes ? "removed-" : "lifted-") + at.toEpochMilli();
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK + ' ' + removes + ' ' + at + ' ' + reason,
                at);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<Sanction> of(String body) {
        String[] parts = body.split(" ", 4);
        if (parts.length < 4 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Sanction(Boolean.parseBoolean(parts[1]), parts[3], Instant.parse(parts[2])));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// How the consent of somebody ends, or may begin again, by it.
    String how() {
        return (removes ? REMOVED : LIFTED) + reason;
    }

    /// Whether a consent was ended by the operator, and stays so.
    static boolean holds(Consent consent) {
        return !consent.given() && consent.how().startsWith(REMOVED);
    }
}
