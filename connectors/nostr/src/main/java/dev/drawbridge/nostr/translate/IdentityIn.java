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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What somebody says about who they are elsewhere: the `i` tags of their list of identities and, in the old
/// form, of their profile ([NIP-39](https://nips.nostr.com/39)), and the website of the profile. What is
/// behind an identity as its proof is where the other account may have said so in a post.
public final class IdentityIn {
    private static final int MOST = 100;
    private static final String IDENTITY = "i";
    /// What NIP-39 has people post elsewhere, before their key.
    private static final String WORDS = "Verifying that I control the following Nostr public key: ";

    private static final Pattern POST = Pattern.compile("[A-Za-z0-9_-]{1,64}");
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
        return new Testimony.Said(called, claims, true, new Testimony.Proofs(proofs(said), WORDS + npub));
    }

    /// Of networks that are bridged.
    private static Map<String, String> proofs(List<Event> said) {
        Map<String, String> proofs = new LinkedHashMap<>();
        said.stream()
                .flatMap(event -> event.tags().stream())
                .filter(tag -> tag.is(IDENTITY) && tag.items().size() > 2)
                .limit(MOST)
                .forEach(tag -> {
                    String identity = tag.value();
                    String name = identity.substring(identity.indexOf(':') + 1);
                    String post = tag.items().get(2).strip();
                    Optional<String> where = switch (identity.substring(0, Math.max(identity.indexOf(':'), 0))) {
                        case "mastodon", "activitypub" -> page(name, post);
                        case "bluesky", "atproto" -> Optional.of(post);
                        default -> Optional.empty();
                    };
                    where.ifPresent(at -> named(identity).forEach(called -> proofs.put(called, at)));
                });
        return proofs;
    }

    /// @param name `host/@user`
    /// @param post the number that its server gives it, or where it is
    private static Optional<String> page(String name, String post) {
        if (post.startsWith("https://")) {
            return Optional.of(post);
        }
        return POST.matcher(post).matches() && !name.contains("://")
                ? Optional.of("https://" + name + "/" + post)
                : Optional.empty();
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
