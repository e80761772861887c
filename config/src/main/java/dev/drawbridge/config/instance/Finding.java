package dev.drawbridge.config.instance;

/// What `doctor` found out about one thing.
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

    static Finding good(String subject, String text) {
        return new Finding(Mark.GOOD, subject, text, "");
    }

    static Finding note(String subject, String text, String advice) {
        return new Finding(Mark.NOTE, subject, text, advice);
    }

    static Finding bad(String subject, String text, String advice) {
        return new Finding(Mark.BAD, subject, text, advice);
    }
}
