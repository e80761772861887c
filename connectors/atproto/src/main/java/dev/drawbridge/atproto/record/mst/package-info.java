/// The Merkle search tree that maps record paths to record CIDs.
@NullMarked
package dev.drawbridge.atproto.record.mst;

import org.jspecify.annotations.NullMarked;
