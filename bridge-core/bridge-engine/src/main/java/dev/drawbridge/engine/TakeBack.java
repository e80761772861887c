package dev.drawbridge.engine;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Somebody who is carried wants one post of theirs to be nowhere but where they wrote it. It goes through the inbox as
/// an event that no network can write, and ends as a delete does: every copy is taken back, and nothing that is said of
/// the post afterwards makes one again.
///
/// @param post on the network of its author
record TakeBack(String post, Instant at) {
    private static final String MARK = "take-back";

    /// The event that has it done.
    NativeEvent by(NativeId author) {
        var name = new NativeId(author.network(), post + "#taken-back-" + at.toEpochMilli());
        return new NativeEvent(name, author, NativeEvent.Kind.COMMAND, Set.of(), MARK + ' ' + at + ' ' + post, at);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<TakeBack> of(String body) {
        String[] parts = body.split(" ", 3);
        if (parts.length < 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TakeBack(parts[2], Instant.parse(parts[1])));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    Activity.Delete delete(NativeEvent event) {
        return new Activity.Delete(event.id(), event.author(), at, new NativeId(event.network(), post));
    }
}
