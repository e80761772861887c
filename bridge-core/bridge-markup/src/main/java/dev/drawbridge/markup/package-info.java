/// Forms of text that more than one network writes, to and from the canonical model. Pure: no I/O, no clock.
@NullMarked
package dev.drawbridge.markup;

import org.jspecify.annotations.NullMarked;
