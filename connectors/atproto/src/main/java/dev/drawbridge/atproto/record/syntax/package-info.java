/// Identifiers of AT Protocol, each checked by its own grammar.
@NullMarked
package dev.drawbridge.atproto.record.syntax;

import org.jspecify.annotations.NullMarked;
