package dev.drawbridge.broken.nostr.wire;

import dev.drawbridge.broken.atproto.record.NeedsTheBridge;

/// A connector must not know another one.
public record KnowsAnotherConnector(NeedsTheBridge other) {}
