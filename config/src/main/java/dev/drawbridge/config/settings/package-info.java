/// What an operator writes, read once: every mistake is found before anything starts.
@NullMarked
package dev.drawbridge.config.settings;

import org.jspecify.annotations.NullMarked;
