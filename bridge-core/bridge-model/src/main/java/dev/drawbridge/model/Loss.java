package dev.drawbridge.model;

/// Something the target network cannot express. Recorded, never silent.
///
/// @param field what was affected, in canonical words: `text`, `mention`, `warning`, `languages`, …
/// @param reason what happened to it, for a person to read
public record Loss(String field, String reason) {}
