/// What the connector keeps: its actors and what they said. The only package that knows MongoDB.
@NullMarked
package dev.drawbridge.activitypub.store;

import org.jspecify.annotations.NullMarked;
