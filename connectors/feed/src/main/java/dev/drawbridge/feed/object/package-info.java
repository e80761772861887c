/// What a feed says, in one form for all formats. Knows nothing of the bridge.
@NullMarked
package dev.drawbridge.feed.object;

import org.jspecify.annotations.NullMarked;
