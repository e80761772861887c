/// Pure functions between Nostr events and the canonical model, one small class per concern.
@NullMarked
package dev.drawbridge.nostr.translate;

import org.jspecify.annotations.NullMarked;
