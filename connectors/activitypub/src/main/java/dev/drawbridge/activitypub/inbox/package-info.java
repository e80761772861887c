/// What becomes of activities that others bring: judged at once, or kept until it can be judged, then handed to the
/// engine.
@NullMarked
package dev.drawbridge.activitypub.inbox;

import org.jspecify.annotations.NullMarked;
