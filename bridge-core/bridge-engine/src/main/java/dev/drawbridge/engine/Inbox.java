package dev.drawbridge.engine;

import dev.drawbridge.model.spi.NativeEvent;

/// Takes an event that already passed the gate. Returns once it is durable.
@FunctionalInterface
public interface Inbox {
    void put(NativeEvent event);
}
