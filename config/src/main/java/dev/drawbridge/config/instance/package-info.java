/// One running instance: everything it consists of, opened in order, closed in reverse.
@NullMarked
package dev.drawbridge.config.instance;

import org.jspecify.annotations.NullMarked;
