package dev.drawbridge.model;

import java.util.regex.Pattern;

/// The name of a network as it appears in settings, metrics, routes and on the command line.
///
/// @param name lower-case letters and digits, starting with a letter
public record Network(String name) implements Comparable<Network> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{1,31}");

    public static final Network ACTIVITYPUB = new Network("activitypub");
    public static final Network NOSTR = new Network("nostr");
    public static final Network ATPROTO = new Network("atproto");
    public static final Network FEED = new Network("feed");

    /// The home of actors that belong to no network: the bridge's own bots. Nothing is ever delivered to it.
    public static final Network BRIDGE = new Network("bridge");

    public Network {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a network name: " + name);
        }
    }

    @Override
    public int compareTo(Network other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
