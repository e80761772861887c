/// `drawbridge translate`: documents of one network in, documents of another out, and nothing but the two translators
/// between them.
@NullMarked
package dev.drawbridge.config.translate;

import org.jspecify.annotations.NullMarked;
