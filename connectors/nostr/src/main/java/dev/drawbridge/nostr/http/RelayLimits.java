package dev.drawbridge.nostr.http;

import java.time.Duration;

/// What our relay takes, and says that it takes ([NIP-11](https://nips.nostr.com/11)).
///
/// @param message bytes of one message
/// @param content characters of an event's content
/// @param tags of one event
/// @param subscriptions of one connection
/// @param filters of one subscription
/// @param events sent for one filter
/// @param future how far an event may be ahead of our clock
/// @param pending bytes a slow reader may leave lying before the connection ends
/// @param strangerEvents how many events one connection may send for people who did not opt in, in a burst
/// @param strangerPause how long it takes until one more is taken
record RelayLimits(
        int message,
        int content,
        int tags,
        int subscriptions,
        int filters,
        int events,
        Duration future,
        long pending,
        int strangerEvents,
        Duration strangerPause) {
    static final RelayLimits DEFAULT = new RelayLimits(
            1_000_000, 64_000, 10_000, 40, 20, 500, Duration.ofMinutes(15), 8_000_000, 60, Duration.ofSeconds(1));
}
