/// Keys and signatures: the one place that sees private keys, and the one that checks other people's signatures.
@NullMarked
package dev.drawbridge.engine.crypto;

import org.jspecify.annotations.NullMarked;
