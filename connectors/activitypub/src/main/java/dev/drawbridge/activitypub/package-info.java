/// The ActivityPub network: its connector, put together from the packages beside it.
@NullMarked
package dev.drawbridge.activitypub;

import org.jspecify.annotations.NullMarked;
