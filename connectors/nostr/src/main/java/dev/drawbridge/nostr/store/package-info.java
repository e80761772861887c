/// What this connector keeps: events of its relay, ghosts, and which lists of others it has seen. The only place where
/// it knows a database.
@NullMarked
package dev.drawbridge.nostr.store;

import org.jspecify.annotations.NullMarked;
