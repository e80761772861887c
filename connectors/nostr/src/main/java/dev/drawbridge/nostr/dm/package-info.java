/// Private messages: encrypted payloads and gift wraps. The bridge reads what is written to its bots and answers;
/// messages between people never come here.
@NullMarked
package dev.drawbridge.nostr.dm;

import org.jspecify.annotations.NullMarked;
