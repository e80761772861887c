package dev.drawbridge.broken.model;

/// A name that says nothing.
public record PostManager(String post) {}
