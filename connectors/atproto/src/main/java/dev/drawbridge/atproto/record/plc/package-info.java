/// Operations of the did:plc method and the rules of their log.
@NullMarked
package dev.drawbridge.atproto.record.plc;

import org.jspecify.annotations.NullMarked;
