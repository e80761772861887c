/// What a network has to offer to be bridged. A connector implements these and sees nothing else of the house.
@NullMarked
package dev.drawbridge.model.spi;

import org.jspecify.annotations.NullMarked;
