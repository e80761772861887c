/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.hen;

import org.jspecify.annotations.NullMarked;
