/// Pictures and videos on their way to where records may refer to them.
@NullMarked
package dev.drawbridge.atproto.media;

import org.jspecify.annotations.NullMarked;
