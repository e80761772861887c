/// From an entry of a feed to a post. Pure.
@NullMarked
package dev.drawbridge.feed.translate;

import org.jspecify.annotations.NullMarked;
