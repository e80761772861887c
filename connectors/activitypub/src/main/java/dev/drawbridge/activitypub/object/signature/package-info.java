/// HTTP signatures of both generations: draft-cavage-12 and RFC 9421.
@NullMarked
package dev.drawbridge.activitypub.object.signature;

import org.jspecify.annotations.NullMarked;
