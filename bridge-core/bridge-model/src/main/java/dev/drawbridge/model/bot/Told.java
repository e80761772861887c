package dev.drawbridge.model.bot;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A command and when it was given: what the engine is handed instead of the message, as the body of an event of kind
/// [dev.drawbridge.model.spi.NativeEvent.Kind#COMMAND].
///
/// @param at when its author said so; where the network says nothing about that, when it arrived
public record Told(Command command, Instant at) {
    private static final String MARK = "told";

    /// What is older was answered long ago, by us or by nobody, and comes again.
    private static final Duration LATE = Duration.ofDays(7);

    /// So far clocks are wrong.
    private static final Duration SKEW = Duration.ofMinutes(10);

    /// What counts of a message where messages are read, in whatever order: it is ordered by when its author
    /// wrote it. Wishes do not count that are more than a week old or from the future. What ends something
    /// always does: a late one at its own time, so that it ends nothing that was asked for since, and one from
    /// the future when it arrives.
    ///
    /// @param said when its author claims to have written it
    /// @return empty if it does not count
    public static Optional<Told> heard(Command command, Instant said, Instant arrived) {
        boolean early = said.isAfter(arrived.plus(SKEW));
        var told = new Told(command, early ? arrived : said);
        return (early || told.isLate(arrived)) && !command.verb().ends() ? Optional.empty() : Optional.of(told);
    }

    /// The same where messages are sent to us by servers whose clocks differ: what is not late is ordered by
    /// its arrival.
    public static Optional<Told> sent(Command command, Instant said, Instant arrived) {
        return heard(command, said, arrived).map(told -> told.isLate(arrived) ? told : new Told(command, arrived));
    }

    /// Whether it took more than a week.
    public boolean isLate(Instant arrived) {
        return isLate(at, arrived);
    }

    /// Whether a word took more than a week.
    public static boolean isLate(Instant said, Instant arrived) {
        return said.isBefore(arrived.minus(LATE));
    }

    /// One line: `told 2026-03-01T12:00:00Z fr START atproto`.
    public String body() {
        String words = command.words().isEmpty() ? "" : ' ' + String.join(" ", command.words());
        return MARK + ' ' + at + ' ' + command.language().toLanguageTag() + ' ' + command.verb() + words;
    }

    /// Reads what [#body()] wrote; empty if it is something else.
    public static Optional<Told> of(String body) {
        List<String> parts = Arrays.asList(body.split(" "));
        if (parts.size() < 4 || !parts.getFirst().equals(MARK)) {
            return Optional.empty();
        }
        try {
            var command = new Command(
                    Verb.valueOf(parts.get(3)), parts.subList(4, parts.size()), Locale.forLanguageTag(parts.get(2)));
            return Optional.of(new Told(command, Instant.parse(parts.get(1))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
