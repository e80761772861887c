package dev.drawbridge.broken.egg;

import dev.drawbridge.broken.hen.Hen;

/// Which was first?
public record Egg(Hen mother) {}
