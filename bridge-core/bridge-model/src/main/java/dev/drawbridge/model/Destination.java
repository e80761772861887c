package dev.drawbridge.model;

/// One place a copy goes to, and the key that keeps deliveries in order: an ActivityPub inbox, a Nostr relay, a
/// repository.
///
/// @param network whose connector understands `address`
/// @param address opaque outside that connector
public record Destination(Network network, String address) {
    private static final String FOLLOWERS = "followers";

    /// Not a place of its own: every place where the author's followers on `network` are reached when it is their turn.
    public static Destination followers(Network network) {
        return new Destination(network, FOLLOWERS);
    }

    public boolean isFollowers() {
        return address.equals(FOLLOWERS);
    }

    public String key() {
        return network.name() + '|' + address;
    }

    @Override
    public String toString() {
        return key();
    }
}
