package dev.drawbridge.atproto.wire;

import dev.drawbridge.model.port.Follows;
import dev.drawbridge.model.port.IdentityMap;
import dev.drawbridge.model.port.SignatureVerifier;
import dev.drawbridge.model.port.Watchlist;
import dev.drawbridge.model.spi.Translator;
import java.time.InstantSource;
import java.util.Set;

/// What all readers of streams share.
///
/// @param asking asks about people, as long as it makes sense
/// @param handover gives news to the engine
public record Newsroom(
        Translator translator,
        Acquaintances known,
        SignatureVerifier signatures,
        People people,
        HostClient hosts,
        Asking asking,
        Handover handover,
        InstantSource clock) {
    /// What the bridge reads.
    static final Set<String> COLLECTIONS = Set.of(
            "app.bsky.feed.post",
            "app.bsky.feed.like",
            "app.bsky.feed.repost",
            "app.bsky.graph.follow",
            "app.bsky.graph.block",
            "app.bsky.actor.profile",
            "org.user-intents.declaration");

    public static Newsroom of(
            Translator translator,
            Watchlist watchlist,
            Follows follows,
            IdentityMap identities,
            SignatureVerifier signatures,
            People people,
            HostClient hosts,
            InstantSource clock) {
        return new Newsroom(
                translator,
                new Acquaintances(watchlist, follows, identities),
                signatures,
                people,
                hosts,
                new Asking(people, clock),
                new Handover(people, new RecordFetcher(people, hosts, signatures)),
                clock);
    }

    AccountNews accounts() {
        return new AccountNews(people, hosts, asking, handover, translator, known, clock);
    }
}
