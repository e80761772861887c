package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks about people until there is an answer. The directory is waited for as long as it takes; the hosts of people who
/// opted in for an hour, and those of strangers hardly at all.
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int TRIES_OF_STRANGERS = 2;

    private final People people;
    private final InstantSource clock;

    Asking(People people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /// The document of somebody's DID.
    ///
    /// @param stranger whether they did not opt in
    /// @throws Unavailable if it is not known, and waiting any longer has no point
    Optional<DidDocument> document(Did did, boolean stranger, Pauses pauses) throws InterruptedException {
        if (!did.method().equals("plc")) {
            return host(stranger, pauses, () -> people.document(did));
        }
        while (true) {
            try {
                return people.document(did);
            } catch (Unavailable e) {
                LOG.warn("waiting for the directory to tell of {}: {}", did, e.getMessage());
                pauses.pause(e.retryAfter().orElse(PATIENCE));
            }
        }
    }

    /// What a host answers that somebody chose.
    ///
    /// @throws Unavailable if it does not, and waiting any longer has no point
    <T> T host(boolean stranger, Pauses pauses, Supplier<T> question) throws InterruptedException {
        Instant until = clock.instant().plus(LONGEST);
        for (int tries = 1; ; tries++) {
            try {
                return question.get();
            } catch (Unavailable e) {
                if (stranger ? tries >= TRIES_OF_STRANGERS : !clock.instant().isBefore(until)) {
                    throw e;
                }
                LOG.info("waiting for an answer: {}", e.getMessage());
                pauses.pause(e.retryAfter().orElse(PATIENCE));
            }
        }
    }
}
