package dev.drawbridge.engine;

import dev.drawbridge.model.Network;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// What the operator wants of one mirror, as the body of an event that no network can write.
///
/// @param begins whether it begins or ends
/// @param permission where the operator finds it; empty if it ends
record MirrorWish(boolean begins, Network target, Instant at, String permission) {
    private static final String MARK = "mirror";

    String body() {
        return MARK + ' ' + begins + ' ' + target + ' ' + at + ' ' + permission;
    }

    /// Reads what [#body()] wrote; empty if it is something else.
    static Optional<MirrorWish> of(String body) {
        String[] parts = body.split(" ", 5);
        if (parts.length < 5 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MirrorWish(
                    Boolean.parseBoolean(parts[1]), new Network(parts[2]), Instant.parse(parts[3]), parts[4]));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
