/// Feeds that an instance mirrors to real servers.
@NullMarked
package dev.drawbridge.it.mirror;

import org.jspecify.annotations.NullMarked;
