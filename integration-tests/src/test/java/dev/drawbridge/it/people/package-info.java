/// What somebody lives through with the bridge, on real networks.
@NullMarked
package dev.drawbridge.it.people;

import org.jspecify.annotations.NullMarked;
