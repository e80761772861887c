/// Signed commits, and the pure step from one repository state to the next.
@NullMarked
package dev.drawbridge.atproto.record.repo;

import org.jspecify.annotations.NullMarked;
