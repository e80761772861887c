/// The demo: a bridge between three small networks in this process that speak the real protocols.
@NullMarked
package dev.drawbridge.config.demo;

import org.jspecify.annotations.NullMarked;
