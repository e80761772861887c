/// Schemas of records, and whether a record keeps to its schema.
@NullMarked
package dev.drawbridge.atproto.record.lexicon;

import org.jspecify.annotations.NullMarked;
