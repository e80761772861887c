package dev.drawbridge.broken.model;

import dev.drawbridge.broken.engine.KnowsCamel;

/// The model must not know the engine.
public record KnowsTheEngine(KnowsCamel engine) {}
