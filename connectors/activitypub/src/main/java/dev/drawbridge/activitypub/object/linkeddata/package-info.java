/// Documents as linked data: the statements that a JSON-LD text makes, whatever names it gives them.
@NullMarked
package dev.drawbridge.activitypub.object.linkeddata;

import org.jspecify.annotations.NullMarked;
