package dev.drawbridge.broken.markup;

import dev.drawbridge.broken.engine.KnowsCamel;

/// Text must not know the engine.
public record KnowsTheBridge(KnowsCamel engine) {}
