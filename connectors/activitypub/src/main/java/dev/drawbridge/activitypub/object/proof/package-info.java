/// Proofs inside documents: who made them, whoever brings them.
@NullMarked
package dev.drawbridge.activitypub.object.proof;

import org.jspecify.annotations.NullMarked;
