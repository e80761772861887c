/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.markup;

import org.jspecify.annotations.NullMarked;
