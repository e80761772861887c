package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;

/// A sample person at home on one shore.
///
/// @param handle as people there write it
record Person(NativeId id, String name, String handle) {}
