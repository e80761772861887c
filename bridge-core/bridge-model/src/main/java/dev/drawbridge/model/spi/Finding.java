package dev.drawbridge.model.spi;

/// What was found out about one thing, for an operator: by `doctor`, or by a connector that looks at itself.
///
/// @param subject what was looked at, a word or two
/// @param text what was seen
/// @param advice what to do about it; empty if there is nothing to do
public record Finding(Mark mark, String subject, String text, String advice) {
    /// How it looks.
    public enum Mark {
        GOOD,
        /// Works; worth knowing.
        NOTE,
        BAD
    }

    public static Finding good(String subject, String text) {
        return new Finding(Mark.GOOD, subject, text, "");
    }

    public static Finding note(String subject, String text, String advice) {
        return new Finding(Mark.NOTE, subject, text, advice);
    }

    public static Finding bad(String subject, String text, String advice) {
        return new Finding(Mark.BAD, subject, text, advice);
    }
}
