/// Networks that exist only in a test: they speak the canonical model itself, so that a scenario is about the engine
/// alone.
@NullMarked
package dev.drawbridge.testkit.fake;

import org.jspecify.annotations.NullMarked;
