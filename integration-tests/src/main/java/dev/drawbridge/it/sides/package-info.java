/// Each network as the people on it see it: what they do there, and what its own servers show.
@NullMarked
package dev.drawbridge.it.sides;

import org.jspecify.annotations.NullMarked;
