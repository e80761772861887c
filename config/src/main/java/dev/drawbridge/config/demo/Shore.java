package dev.drawbridge.config.demo;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.spi.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A small network with one person on it. It knows nothing of the bridge but what its protocol shows it.
sealed interface Shore extends AutoCloseable permits SandboxFediverse, SandboxNostr, SandboxAtproto {
    Person person();

    Journal journal();

    Plug plug();

    /// What its software serves.
    List<Endpoint> endpoints();

    /// The person follows somebody.
    ///
    /// @param whom as this shore names them
    void follow(NativeId whom);

    /// The person writes a post. Words that start with `#` are hashtags, addresses are links. What the network does not
    /// have is left out.
    Written write(Draft draft);

    default Written write(String text, Optional<NativeId> parent) {
        return write(Draft.of(text, parent));
    }

    /// What the person can do here; everywhere they write, answer, like, share and delete.
    Set<Feature> features();

    /// What one network has and another lacks.
    enum Feature {
        EDIT,
        POLL,
        /// A warning is in the author's own words, not one of a few labels.
        WORDED_WARNING
    }

    /// The person changes what they wrote.
    ///
    /// @throws UnsupportedOperationException if nobody can do that here
    void edit(Written post, String text);

    /// The person deletes what they wrote.
    void retract(Written post);

    /// The person likes or shares a post from elsewhere.
    void react(Sighting.Kind kind, Sighting post);

    /// Why what happens here would not reach the bridge though the plug is in; empty if it would.
    default Optional<String> unheard() {
        return Optional.empty();
    }

    /// Why what the person writes would not leave this shore; empty if it would.
    default Optional<String> unread() {
        return Optional.empty();
    }

    @Override
    void close();

    default Network network() {
        return person().id().network();
    }

    /// What people call the network.
    default String name() {
        return nameOf(network());
    }

    static String nameOf(Network network) {
        return switch (network.name()) {
            case "activitypub" -> "the Fediverse";
            case "nostr" -> "Nostr";
            case "atproto" -> "Bluesky";
            default -> network.name();
        };
    }
}
