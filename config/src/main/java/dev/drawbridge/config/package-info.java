/// An instance put together: which store, which broker, which networks, and the commands an operator types.
@NullMarked
package dev.drawbridge.config;

import org.jspecify.annotations.NullMarked;
