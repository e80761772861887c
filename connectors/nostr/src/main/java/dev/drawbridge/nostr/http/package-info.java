/// What Nostr sees of us: our relay, its information document, and names.
@NullMarked
package dev.drawbridge.nostr.http;

import org.jspecify.annotations.NullMarked;
