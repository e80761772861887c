/// Where hubs reach us (WebSub).
@NullMarked
package dev.drawbridge.feed.http;

import org.jspecify.annotations.NullMarked;
