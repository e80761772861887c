/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.engine;

import org.jspecify.annotations.NullMarked;
