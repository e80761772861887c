/// What survives `kill -9`.
@NullMarked
package dev.drawbridge.it.crash;

import org.jspecify.annotations.NullMarked;
