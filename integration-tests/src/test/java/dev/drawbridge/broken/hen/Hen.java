package dev.drawbridge.broken.hen;

import dev.drawbridge.broken.egg.Egg;

/// Which was first?
public record Hen(Egg lays) {}
