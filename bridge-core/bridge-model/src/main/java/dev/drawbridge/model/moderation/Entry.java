package dev.drawbridge.model.moderation;

import java.util.Optional;

/// One line of a list that somebody else keeps.
///
/// @param effect what the list wants done, if it says so
/// @param reason why, as the list says; may be empty
public record Entry(Subject subject, Optional<Effect> effect, String reason) {}
