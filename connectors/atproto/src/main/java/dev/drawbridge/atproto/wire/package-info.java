/// Clients of the network: the did:plc directory, DID and handle resolution, other hosts, event streams, relays.
@NullMarked
package dev.drawbridge.atproto.wire;

import org.jspecify.annotations.NullMarked;
