package dev.drawbridge.broken.nostr.translate;

import java.time.Instant;

/// A translator must not ask what time it is.
public record ReadsTheClock(String id) {
    public Instant at() {
        return Instant.now();
    }
}
