/// Signed tokens as text.
@NullMarked
package dev.drawbridge.atproto.record.jwt;

import org.jspecify.annotations.NullMarked;
