/// The JSON form of the canonical model: what travels in the broker and what golden files hold.
@NullMarked
package dev.drawbridge.engine.codec;

import org.jspecify.annotations.NullMarked;
