package dev.drawbridge.model.bot;

import java.time.DateTimeException;
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
