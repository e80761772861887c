/// Content-addressed blocks and the CAR files that carry them.
@NullMarked
package dev.drawbridge.atproto.record.block;

import org.jspecify.annotations.NullMarked;
