/// The protocol types of AT Protocol: identifiers, data model, repositories, identities, the event stream.
@NullMarked
package dev.drawbridge.atproto.record;

import org.jspecify.annotations.NullMarked;
