/// What we serve to Nostr clients: the relay with its information document, and the names of the bridged.
@NullMarked
package dev.drawbridge.nostr.http;

import org.jspecify.annotations.NullMarked;
