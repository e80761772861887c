package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.MalformedData;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How Jetstream servers are asked, and how they say what they send.
///
/// Of both versions positions are times in microseconds, when the server heard of something. The second counts its
/// events too; but a number that a server has forgotten, or that another server gave, it refuses to begin with, and a
/// time it does not.
public enum JetstreamVersion {
    /// `/subscribe`, as every server answers it.
    FIRST {
        @Override
        URI address(URI service, Asked asked) {
            return URI.create(service
                    + "/subscribe?maxMessageSizeBytes=" + asked.longest()
                    + collections("wantedCollections")
                    + (asked.dictionary().isPresent() ? "&compress=true" : "")
                    + asked.from().map(position -> "&cursor=" + position).orElse(""));
        }

        @Override
        Optional<JetstreamEvent.Head> head(byte[] json) {
            return Optional.of(JetstreamEvent.head(json));
        }

        @Override
        JsonNode event(JetstreamEvent.Head head, byte[] json) {
            return JetstreamEvent.tree(json);
        }
    },

    /// The lexicon `network.bsky.jetstream.subscribeEvents`, framed as
    /// [proposal 0015](https://github.com/bluesky-social/proposals/tree/main/0015-json-subscriptions) says.
    SECOND {
        @Override
        URI address(URI service, Asked asked) {
            return URI.create(service
                    + "/xrpc/network.bsky.jetstream.subscribeEvents?kinds=commit&kinds=identity&kinds=account"
                    + "&maxMessageSizeBytes=" + asked.longest()
                    + collections("collections")
                    + asked.dictionary().map(id -> "&zstdDictionary=" + id).orElse("")
                    + asked.from().map(position -> "&cursor=" + position).orElse(""));
        }

        @Override
        Optional<JetstreamEvent.Head> head(byte[] json) {
            return JetstreamFrame.head(json);
        }

        @Override
        JsonNode event(JetstreamEvent.Head head, byte[] json) {
            return JetstreamFrame.event(head, json);
        }
    };

    /// What is wanted.
    ///
    /// @param longest message, in bytes
    /// @param dictionary the number of the one that messages may be packed with
    /// @param from the position to begin at; empty for what comes now
    record Asked(int longest, Optional<Long> dictionary, Optional<Long> from) {}

    /// Where to connect.
    ///
    /// @param service without a slash at its end
    abstract URI address(URI service, Asked asked);

    /// What an event begins with; empty if it is none, but something about the stream.
    ///
    /// @throws MalformedData if it is neither
    abstract Optional<JetstreamEvent.Head> head(byte[] json);

    /// All of it, as the first version says it.
    ///
    /// @throws MalformedData if it is not JSON, or too deep
    abstract JsonNode event(JetstreamEvent.Head head, byte[] json);

    private static String collections(String parameter) {
        return Newsroom.COLLECTIONS.stream()
                .sorted()
                .map(collection -> "&" + parameter + "=" + collection)
                .collect(Collectors.joining());
    }
}
