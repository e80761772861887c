/// A small Fediverse in memory, for tests.
@NullMarked
package dev.drawbridge.activitypub.support;

import org.jspecify.annotations.NullMarked;
