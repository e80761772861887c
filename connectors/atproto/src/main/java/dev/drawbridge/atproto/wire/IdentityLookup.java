package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.spi.Testimony;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What people say about who they are elsewhere: `alsoKnownAs` of the [DID document](https://www.w3.org/TR/did-core/),
/// and the website and the description of `app.bsky.actor.profile`. The document is asked for now.
public final class IdentityLookup {
    private static final RepoPath PROFILE = RepoPath.parse("app.bsky.actor.profile/self");
    private static final String PAGES = "https://bsky.app/profile/";
    private static final int MOST_WORDS = 200;

    private final People people;
    private final HostClient hosts;

    public IdentityLookup(People people, HostClient hosts) {
        this.people = people;
        this.hosts = hosts;
    }

    public Testimony of(Did did) {
        try {
            Optional<DidDocument> document = people.fresh(did);
            Optional<URI> pds = document.flatMap(DidDocument::pds);
            if (pds.isEmpty()) {
                return new Testimony.Nobody();
            }
            Optional<DataMap> profile = hosts.record(pds.get(), did, PROFILE).flatMap(answer -> answer.map("value"));
            return new Testimony.Said(
                    called(did, people.handle(document.orElseThrow())), claims(document.orElseThrow(), profile));
        } catch (Unavailable e) {
            return new Testimony.Silent();
        }
    }

    /// @param handle one that was confirmed
    private static Set<String> called(Did did, Optional<Handle> handle) {
        Set<String> called = new LinkedHashSet<>(List.of(did.value(), "at://" + did, PAGES + did));
        handle.map(Handle::value)
                .ifPresent(name ->
                        called.addAll(List.of(name, "@" + name, "at://" + name, PAGES + name, "https://" + name)));
        return called;
    }

    private static Set<String> claims(DidDocument document, Optional<DataMap> profile) {
        Set<String> claims = new LinkedHashSet<>(document.alsoKnownAs());
        profile.flatMap(shown -> shown.text("website")).ifPresent(claims::add);
        profile.flatMap(shown -> shown.text("description")).stream()
                .flatMap(text -> Stream.of(text.split("\\s+")))
                .limit(MOST_WORDS)
                .map(word -> word.replaceAll("^[(<\\[\"'“«]+|[)>\\]\"'”».,;:!?]+$", ""))
                .filter(word -> word.matches(".*[.:].*|npub1.*"))
                .forEach(word -> claims.addAll(
                        word.matches("[^/:@]+\\.[^/:@]+/.*") ? List.of(word, "https://" + word) : List.of(word)));
        return claims;
    }
}
