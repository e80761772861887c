/// The commands an operator types.
@NullMarked
package dev.drawbridge.config.cli;

import org.jspecify.annotations.NullMarked;
