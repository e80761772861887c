/// What every file and every class of the house obeys.
@NullMarked
package dev.drawbridge.it.architecture;

import org.jspecify.annotations.NullMarked;
