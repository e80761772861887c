/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.model;

import org.jspecify.annotations.NullMarked;
