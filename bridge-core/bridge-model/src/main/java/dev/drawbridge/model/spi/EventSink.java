package dev.drawbridge.model.spi;

/// Where a connector hands over what it received. Returns only when the event is durable, or will not be.
@FunctionalInterface
public interface EventSink {
    Receipt accept(NativeEvent event);
}
