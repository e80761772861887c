/// Single exchanges with other people's servers, good and bad.
@NullMarked
package dev.drawbridge.it.interop;

import org.jspecify.annotations.NullMarked;
