/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.nostr.wire;

import org.jspecify.annotations.NullMarked;
