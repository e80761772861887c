/// Finding out what two sets of events lack of each other without listing them
/// ([NIP-77](https://nips.nostr.com/77), protocol version 1). Knows nothing of relays, clients or stores.
@NullMarked
package dev.drawbridge.nostr.negentropy;

import org.jspecify.annotations.NullMarked;
