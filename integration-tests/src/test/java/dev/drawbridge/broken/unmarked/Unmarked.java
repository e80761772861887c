package dev.drawbridge.broken.unmarked;

/// In a package that does not say @NullMarked.
public record Unmarked(String value) {}
