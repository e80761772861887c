/// What drives a bridge and its peers from outside, for tests and benchmarks.
@NullMarked
package dev.drawbridge.it;

import org.jspecify.annotations.NullMarked;
