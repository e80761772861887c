package dev.drawbridge.model;

/// One place a copy goes to, and the key that keeps deliveries in order: an ActivityPub inbox, a Nostr relay, a
/// repository.
///
/// @param network whose connector understands `address`
/// @param address opaque outside that connector
public record Destination(Network network, String address) {
    public String key() {
        return network.name() + '|' + address;
    }

    @Override
    public String toString() {
        return key();
    }
}
