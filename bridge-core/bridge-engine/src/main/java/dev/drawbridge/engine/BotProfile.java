package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.RichText;
import java.util.Map;

/// What the bot that carries people to a network says about itself.
final class BotProfile {
    private static final Map<Network, String> NAMES = Map.of(
            Network.ACTIVITYPUB, "the Fediverse", Network.NOSTR, "Nostr", Network.ATPROTO, "Bluesky (AT Protocol)");

    private BotProfile() {}

    static Profile of(NativeId origin, Network target) {
        String name = NAMES.getOrDefault(target, target.name());
        return Profile.builder(origin, target.name())
                .displayName("Drawbridge to " + name)
                .bio(RichText.plain("Follow this account and your public posts cross to " + name
                        + ". Unfollow or block it and every copy is deleted there. Nothing is stored before"
                        + " you follow."))
                .automated(true)
                .build();
    }
}
