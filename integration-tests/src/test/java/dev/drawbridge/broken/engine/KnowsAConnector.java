package dev.drawbridge.broken.engine;

import dev.drawbridge.broken.atproto.record.NeedsTheBridge;

/// The engine must not know a network.
public record KnowsAConnector(NeedsTheBridge connector) {}
