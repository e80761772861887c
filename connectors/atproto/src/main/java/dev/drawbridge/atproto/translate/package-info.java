/// Between records of the AT Protocol and the canonical model: pure functions, JSON in and JSON out.
@NullMarked
package dev.drawbridge.atproto.translate;

import org.jspecify.annotations.NullMarked;
