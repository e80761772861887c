/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.atproto.record;

import org.jspecify.annotations.NullMarked;
