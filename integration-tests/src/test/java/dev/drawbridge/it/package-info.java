/// Proof from outside: rules of the house, real peers, whole scenarios.
@NullMarked
package dev.drawbridge.it;

import org.jspecify.annotations.NullMarked;
