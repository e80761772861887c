package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.port.Links.Link;
import dev.drawbridge.model.spi.NativeEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Two accounts are to be asked again whether they are one person's, as the body of an event that no network can write.
///
/// @param account the one that did not ask
/// @param due since when
record LinkDue(NativeId account, Instant due) {
    private static final String MARK = "link-due";

    /// Has one name, whoever finds that it is due.
    static NativeEvent event(Link link, Instant now) {
        NativeId person = link.person();
        String name = "#link-" + link.account().network() + "-" + link.due().toEpochMilli();
        return new NativeEvent(
                new NativeId(person.network(), person.value() + name),
                person,
                NativeEvent.Kind.COMMAND,
                Set.of(),
                MARK + ' ' + link.due() + ' ' + link.account().key(),
                now);
    }

    /// Reads the body of such an event; empty if it is something else.
    static Optional<LinkDue> of(String body) {
        String[] parts = body.split(" ", 3);
        if (parts.length != 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LinkDue(NativeId.parse(parts[2]), Instant.parse(parts[1])));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
