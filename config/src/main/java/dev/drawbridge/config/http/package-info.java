/// Mounts what connectors serve on the web server: requests and sockets as values, limits before memory.
@NullMarked
package dev.drawbridge.config.http;

import org.jspecify.annotations.NullMarked;
