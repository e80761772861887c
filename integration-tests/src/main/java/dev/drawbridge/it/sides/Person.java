package dev.drawbridge.it.sides;

/// Somebody on a network.
///
/// @param network `activitypub`, `nostr` or `atproto`
/// @param name what the test calls them
/// @param id actor URI, public key in hex, or DID
/// @param handle as people there write it
public record Person(String network, String name, String id, String handle) {}
