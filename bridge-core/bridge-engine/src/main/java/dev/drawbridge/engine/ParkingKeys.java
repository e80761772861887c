package dev.drawbridge.engine;

import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;

/// Names of what a delivery can wait for.
final class ParkingKeys {
    private ParkingKeys() {}

    static String destination(Destination destination) {
        return "destination " + destination.key();
    }

    /// Where a delivery goes. Followers of different authors have nothing to do with each other.
    static String destination(Delivery delivery) {
        return delivery.destination().isFollowers()
                ? "followers " + delivery.target() + " " + delivery.origin().key()
                : destination(delivery.destination());
    }

    /// The copy of `original` on `network`.
    static String object(NativeId original, Network network) {
        return "object " + network + " " + original.key();
    }

    /// The ghost of `origin` on `network`.
    static String ghost(NativeId origin, Network network) {
        return "ghost " + network + " " + origin.key();
    }

    /// What the delivery is about, there.
    static String subject(Delivery delivery) {
        return delivery.destination().key() + " "
                + ActivityNeeds.subject(delivery.activity()).key();
    }
}
