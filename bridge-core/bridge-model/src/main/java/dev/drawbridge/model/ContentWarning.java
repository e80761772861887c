package dev.drawbridge.model;

/// A warning the reader sees before the content.
///
/// @param reason the author's words; may be empty where the source only marks the post as sensitive
public record ContentWarning(String reason) {}
