/// Reads feeds politely, and is told by hubs (WebSub).
@NullMarked
package dev.drawbridge.feed.wire;

import org.jspecify.annotations.NullMarked;
