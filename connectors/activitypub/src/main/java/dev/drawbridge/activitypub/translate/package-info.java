/// Pure functions between ActivityPub documents and the canonical model.
@NullMarked
package dev.drawbridge.activitypub.translate;

import org.jspecify.annotations.NullMarked;
