/// What people tell the bridge's bots, on whatever network.
@NullMarked
package dev.drawbridge.model.bot;

import org.jspecify.annotations.NullMarked;
