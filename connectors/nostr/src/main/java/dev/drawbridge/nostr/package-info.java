/// Nostr as a network of the bridge: the connector that holds its parts together.
@NullMarked
package dev.drawbridge.nostr;

import org.jspecify.annotations.NullMarked;
