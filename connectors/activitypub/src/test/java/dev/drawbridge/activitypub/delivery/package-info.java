/// Deliveries through the whole engine.
@NullMarked
package dev.drawbridge.activitypub.delivery;

import org.jspecify.annotations.NullMarked;
