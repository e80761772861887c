/// The AT Protocol connector: a PDS for bridged people, and a reader of the network.
@NullMarked
package dev.drawbridge.atproto;

import org.jspecify.annotations.NullMarked;
