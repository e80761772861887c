/// The only ways out: HTTP and WebSocket clients that cannot be talked into private networks, endless answers or waits.
@NullMarked
package dev.drawbridge.engine.net;

import org.jspecify.annotations.NullMarked;
