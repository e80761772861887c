package dev.drawbridge.model.spi;

import java.time.Instant;

/// A server that is spared for a while, because it did not answer.
///
/// @param host with its port, if it has one
/// @param failures requests without an answer, one after the other
/// @param until when it is asked for again
public record PausedHost(String host, int failures, Instant until) {}
