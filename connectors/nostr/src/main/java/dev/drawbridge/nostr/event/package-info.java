/// The protocol's own types: events, filters, relay messages and identifiers, usable without the bridge.
@NullMarked
package dev.drawbridge.nostr.event;

import org.jspecify.annotations.NullMarked;
