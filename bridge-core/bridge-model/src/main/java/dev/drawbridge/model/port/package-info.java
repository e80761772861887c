/// What the core needs from the world, one small interface each. `Mongo…` and `InMemory…` implement them; one
/// contract suite per port runs on both.
@NullMarked
package dev.drawbridge.model.port;

import org.jspecify.annotations.NullMarked;
