package dev.drawbridge.broken.atproto.record;

import dev.drawbridge.broken.model.Anything;

/// A protocol type must be usable without the bridge.
public record NeedsTheBridge(Anything model) {}
