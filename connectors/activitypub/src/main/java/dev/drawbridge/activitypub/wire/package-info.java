/// Signed requests to other servers: deliveries, actors, objects.
@NullMarked
package dev.drawbridge.activitypub.wire;

import org.jspecify.annotations.NullMarked;
