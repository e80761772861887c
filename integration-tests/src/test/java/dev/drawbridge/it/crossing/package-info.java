/// One post crosses, in each of the six directions, between servers that nobody here wrote.
@NullMarked
package dev.drawbridge.it.crossing;

import org.jspecify.annotations.NullMarked;
