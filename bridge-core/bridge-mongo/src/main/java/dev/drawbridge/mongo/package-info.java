/// The ports on MongoDB: only the part of it that every server that speaks its protocol has.
@NullMarked
package dev.drawbridge.mongo;

import org.jspecify.annotations.NullMarked;
