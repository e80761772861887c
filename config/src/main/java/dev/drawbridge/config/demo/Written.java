package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import java.time.Instant;
import java.util.Optional;

/// What the sample person of a shore wrote there.
///
/// @param parent what it answers, as that shore names it
record Written(NativeId id, String text, Optional<NativeId> parent, Instant at) {}
