/// What every implementation of a port must do: one abstract suite per port, run by each of them.
@NullMarked
package dev.drawbridge.testkit.contract;

import org.jspecify.annotations.NullMarked;
