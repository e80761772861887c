/// What other servers and browsers ask of us.
@NullMarked
package dev.drawbridge.activitypub.http;

import org.jspecify.annotations.NullMarked;
