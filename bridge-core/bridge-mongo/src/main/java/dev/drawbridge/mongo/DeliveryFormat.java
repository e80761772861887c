package dev.drawbridge.mongo;

import dev.drawbridge.model.Delivery;

/// How a delivery is written into a document: the engine knows, the store does not.
public interface DeliveryFormat {
    String write(Delivery delivery);

    /// @throws RuntimeException if it was not written by [#write(Delivery)]: our own data is damaged
    Delivery read(String text);
}
