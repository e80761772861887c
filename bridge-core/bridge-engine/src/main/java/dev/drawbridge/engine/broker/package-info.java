/// The broker that holds ready work: embedded with a synced journal, or somebody else's by URL.
@NullMarked
package dev.drawbridge.engine.broker;

import org.jspecify.annotations.NullMarked;
