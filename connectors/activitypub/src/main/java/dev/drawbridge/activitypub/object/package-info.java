/// ActivityPub's documents as others write them: read leniently, never trusted, usable without the bridge.
@NullMarked
package dev.drawbridge.activitypub.object;

import org.jspecify.annotations.NullMarked;
