/// Public keys and DID documents.
@NullMarked
package dev.drawbridge.atproto.record.did;

import org.jspecify.annotations.NullMarked;
