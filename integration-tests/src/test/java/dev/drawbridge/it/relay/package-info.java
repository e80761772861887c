/// Our Nostr relay and what others made of the same protocols.
@NullMarked
package dev.drawbridge.it.relay;

import org.jspecify.annotations.NullMarked;
