package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Testimony.Weight;
import dev.drawbridge.nostr.event.Event;
import dev.drawbridge.nostr.event.ProfileContent;
import dev.drawbridge.nostr.event.PublicKey;
import dev.drawbridge.nostr.event.Tag;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What somebody says about who they are elsewhere: the `i` tags of their list of identities and, in the old form, of
/// their profile ([NIP-39](https://nips.nostr.com/39)), and the website of the profile. What is behind an identity as
/// its proof is not read: the other account has to name this one, wherever it says who it is.
public final class IdentityIn {
    private static final int MOST = 100;
    private static final String IDENTITY = "i";
    /// Pages that show somebody by their key and nothing else.
    private static final List<String> VIEWERS = List.of(
            "https://njump.me/",
            "https://primal.net/p/",
            "https://snort.social/",
            "https://iris.to/",
            "https://coracle.social/",
            "https://nosta.me/");

    private IdentityIn() {}

    /// @param said the latest profile and list of identities, as far as there are any
    public static Testimony.Said read(PublicKey person, List<Event> said) {
        String npub = person.npub();
        Set<String> called = new LinkedHashSet<>(List.of(person.hex(), npub, "nostr:" + npub));
        VIEWERS.forEach(viewer -> called.add(viewer + npub));
        Map<String, Weight> claims = new LinkedHashMap<>();
        said.stream()
                .flatMap(event -> event.tags().stream())
                .filter(tag -> tag.is(IDENTITY))
                .limit(MOST)
                .map(Tag::value)
                .forEach(identity -> named(identity).forEach(name -> claims.put(name, Weight.FIRM)));
        said.stream()
                .flatMap(event -> ProfileContent.read(event.content()).stream())
                .map(ProfileContent::website)
                .flatMap(Optional::stream)
                .map(URI::toString)
                .forEach(page -> claims.putIfAbsent(page, Weight.FIELD));
        return new Testimony.Said(called, claims);
    }

    /// @param identity `platform:name`
    private static Stream<String> named(String identity) {
        int colon = identity.indexOf(':');
        String name = identity.substring(colon + 1);
        return switch (identity.substring(0, Math.max(colon, 0))) {
            case "mastodon", "activitypub" -> Stream.of(name.contains("://") ? name : "https://" + name);
            case "bluesky", "atproto" -> Stream.of(name);
            default -> Stream.of(identity);
        };
    }
}
