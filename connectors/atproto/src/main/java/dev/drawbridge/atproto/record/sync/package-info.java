/// Frames of the repository event stream, and the strict check of what arrives on it.
@NullMarked
package dev.drawbridge.atproto.record.sync;

import org.jspecify.annotations.NullMarked;
