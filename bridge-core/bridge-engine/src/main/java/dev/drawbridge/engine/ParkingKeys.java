package dev.drawbridge.engine;

import dev.drawbridge.model.Delivery;
import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of what a delivery can wait for.
final class ParkingKeys {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,31}");

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

    /// What somebody said too fast.
    static String pace(NativeId origin, Network network) {
        return "pace " + network + " " + origin.key();
    }

    /// The network that what waits behind a key goes to; empty for a key of another make.
    static Optional<Network> network(String key) {
        String[] words = key.split("[ |]", 3);
        return words.length < 2 || !NAME.matcher(words[1]).matches()
                ? Optional.empty()
                : Optional.of(new Network(words[1]));
    }

    /// What the delivery is about, there.
    static String subject(Delivery delivery) {
        return delivery.destination().key() + " "
                + ActivityNeeds.subject(delivery.activity()).key();
    }
}
