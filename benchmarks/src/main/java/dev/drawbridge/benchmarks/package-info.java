/// How fast the bridge is, measured from outside on the packaged program.
@NullMarked
package dev.drawbridge.benchmarks;

import org.jspecify.annotations.NullMarked;
