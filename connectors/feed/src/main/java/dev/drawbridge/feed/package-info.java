/// Feeds as a network that things only come from: RSS 2.0 and 1.0, Atom, JSON Feed.
@NullMarked
package dev.drawbridge.feed;

import org.jspecify.annotations.NullMarked;
