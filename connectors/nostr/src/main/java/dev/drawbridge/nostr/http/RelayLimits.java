package dev.drawbridge.nostr.http;

/// What one client may ask of our relay, told to it by NIP-11.
///
/// @param messageBytes the longest message
/// @param subscriptions open at once on one connection
/// @param events stored ones sent for one filter
/// @param pendingBytes what a slow reader may leave unread before it is cut off
/// @param futureSeconds how far ahead of our clock an event may be
record RelayLimits(int messageBytes, int subscriptions, int events, long pendingBytes, long futureSeconds) {
    static final RelayLimits DEFAULT = new RelayLimits(131_072, 50, 500, 8_000_000, 900);
}
