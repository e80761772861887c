package dev.drawbridge.model.moderation;

import java.time.Instant;
import java.util.Optional;

/// One decision of the operator, or of a list they follow.
///
/// @param reason why, one line for everybody to read; empty where nobody said
/// @param source who says so: [#OPERATOR], [#SETTINGS], or `list ` and the address of a list
/// @param since when it was made, or changed last
/// @param until when it ends; empty for never
public record Rule(
        Subject subject, Effect effect, String reason, String source, Instant since, Optional<Instant> until) {
    /// Typed by the operator. It wins over the same thing said by a list.
    public static final String OPERATOR = "operator";

    /// Written in the settings.
    public static final String SETTINGS = "settings";

    /// Before the address of a list.
    public static final String LIST = "list ";

    private static final int LONGEST = 500;

    /// @throws IllegalArgumentException with what is wrong
    public Rule {
        if (reason.length() > LONGEST || reason.lines().count() > 1) {
            throw new IllegalArgumentException("a reason is one line of up to " + LONGEST + " characters");
        }
        boolean content = subject.kind() == Subject.Kind.WORD || subject.kind() == Subject.Kind.MEDIA;
        if (content && effect != Effect.DENY && effect != Effect.ALLOW) {
            throw new IllegalArgumentException("words and files are denied or allowed; people and domains can also be "
                    + Effect.FREEZE.word() + " or " + Effect.HIDE.word());
        }
    }

    /// Whether it counts at a moment.
    public boolean holds(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /// Whether the operator made it themselves.
    public boolean own() {
        return !source.startsWith(LIST);
    }

    /// What it is about and who says so: one rule for each.
    public String id() {
        return source + " " + subject.kind().word() + " " + subject.value();
    }
}
