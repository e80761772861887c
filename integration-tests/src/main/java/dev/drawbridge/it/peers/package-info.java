/// Servers that nobody here wrote, and people who use them.
@NullMarked
package dev.drawbridge.it.peers;

import org.jspecify.annotations.NullMarked;
