/// The routes: one component for all networks at the ends, the broker between the stages.
@NullMarked
package dev.drawbridge.engine.camel;

import org.jspecify.annotations.NullMarked;
