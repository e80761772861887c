package dev.drawbridge.console;

import dev.drawbridge.model.Network;

/// How the pages call a network.
///
/// @param css a class name that is safe to use in markup
/// @param name what people call it
/// @param protocol what engineers call it; empty if that is the same
record Shore(String css, String name, String protocol) {
    static Shore of(Network network) {
        return switch (network.name()) {
            case "activitypub" -> new Shore("activitypub", "Fediverse", "ActivityPub");
            case "nostr" -> new Shore("nostr", "Nostr", "");
            case "atproto" -> new Shore("atproto", "Bluesky", "AT Protocol");
            case "feed" -> new Shore("feed", "Feeds", "RSS, Atom, JSON Feed");
            default -> new Shore(network.name(), network.name(), "");
        };
    }
}
