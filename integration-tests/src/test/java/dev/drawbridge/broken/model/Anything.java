package dev.drawbridge.broken.model;

/// Something of the model for others to know.
public record Anything(String value) {}
