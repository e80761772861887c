package dev.drawbridge.atproto.store;

/// An event as it is sent: numbered, encoded once, shared by all who get it.
///
/// @param frame must not be changed
public record StoredEvent(long seq, byte[] frame) {}
