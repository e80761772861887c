/// Talking to relays: one connection each, what to ask them for, what to make of what they send.
@NullMarked
package dev.drawbridge.nostr.wire;

import org.jspecify.annotations.NullMarked;
