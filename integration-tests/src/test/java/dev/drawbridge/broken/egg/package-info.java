/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.egg;

import org.jspecify.annotations.NullMarked;
