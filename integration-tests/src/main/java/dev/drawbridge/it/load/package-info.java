/// Servers that send and take much, for crash tests and benchmarks: small, fast, and exact about what was answered.
@NullMarked
package dev.drawbridge.it.load;

import org.jspecify.annotations.NullMarked;
