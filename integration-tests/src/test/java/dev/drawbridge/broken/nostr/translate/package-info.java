/// Breaks rules on purpose.
@NullMarked
package dev.drawbridge.broken.nostr.translate;

import org.jspecify.annotations.NullMarked;
