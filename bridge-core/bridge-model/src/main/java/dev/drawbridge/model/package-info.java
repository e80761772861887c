/// The canonical vocabulary of the bridge: what crosses, who said it, what was lost. JDK and JSpecify only.
@NullMarked
package dev.drawbridge.model;

import org.jspecify.annotations.NullMarked;
