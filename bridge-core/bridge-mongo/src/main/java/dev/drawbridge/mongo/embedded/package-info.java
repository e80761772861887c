/// A MongoDB server inside the process for small instances: loopback only, and every acknowledged write is on the
/// disk.
@NullMarked
package dev.drawbridge.mongo.embedded;

import org.jspecify.annotations.NullMarked;
