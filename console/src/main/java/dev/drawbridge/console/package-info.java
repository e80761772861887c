/// Web pages: what this bridge is, how to join, and what is crossing.
@NullMarked
package dev.drawbridge.console;

import org.jspecify.annotations.NullMarked;
