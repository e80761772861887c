/// Content ids and the DAG-CBOR data model with its JSON form.
@NullMarked
package dev.drawbridge.atproto.record.cbor;

import org.jspecify.annotations.NullMarked;
