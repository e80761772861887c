package dev.drawbridge.nostr.negentropy;

/// What is said about a range; the order is that of the protocol's numbers.
enum Mode {
    SKIP,
    FINGERPRINT,
    ID_LIST
}
