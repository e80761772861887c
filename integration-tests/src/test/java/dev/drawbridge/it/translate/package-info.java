/// Properties that hold for the translators of all networks: nothing that comes in makes them fall over, and nothing
/// harmful comes out.
@org.jspecify.annotations.NullMarked
package dev.drawbridge.it.translate;
