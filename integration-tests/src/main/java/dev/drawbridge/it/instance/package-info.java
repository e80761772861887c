/// A bridge under test, as an operator runs it.
@NullMarked
package dev.drawbridge.it.instance;

import org.jspecify.annotations.NullMarked;
