package dev.drawbridge.atproto.wire;

import dev.drawbridge.atproto.record.cbor.DataMap;
import dev.drawbridge.atproto.record.did.DidDocument;
import dev.drawbridge.atproto.record.syntax.Did;
import dev.drawbridge.atproto.record.syntax.Handle;
import dev.drawbridge.atproto.record.syntax.RepoPath;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.Testimony.Weight;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What people say about who they are elsewhere: `alsoKnownAs` of the [DID document](https://www.w3.org/TR/did-core/),
/// and the website and the description of `app.bsky.actor.profile`. The document is asked for now.
public final class IdentityLookup {
    private static final RepoPath PROFILE = RepoPath.parse("app.bsky.actor.profile/self");
    private static final String PAGES = "https://bsky.app/profile/";
    private static final Pattern POST = Pattern.compile("(?:(?:at://([^/\\s]{1,300})/app\\.bsky\\.feed\\.post/"
            + "|https://bsky\\.app/profile/[^/\\s]{1,300}/post/))?([a-z2-7]{13})");
    private static final int MOST_WORDS = 200;
    /// In characters, as the one below: much more than a description may have.
    private static final int LONGEST_TEXT = 3_000;

    private static final int LONGEST_WORD = 500;
    private static final String BEFORE = "(<[\"'“«";
    private static final String AFTER = ")>]\"'”».,;:!?";

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
            Map<String, Weight> claims = claims(document.orElseThrow(), profile);
            try {
                return new Testimony.Said(called(did, people.asked(document.orElseThrow())), claims);
            } catch (Unavailable e) {
                return new Testimony.Said(called(did, Optional.empty()), claims, false);
            }
        } catch (Unavailable e) {
            return new Testimony.Silent();
        }
    }

    /// What a post of theirs says; empty if they have none of that name.
    ///
    /// @param post its key, its `at://` address, or the page of it on Bluesky
    /// @throws Unavailable if their host does not answer
    public Optional<String> words(Did did, String post) {
        Matcher named = POST.matcher(post);
        if (!named.matches()
                || Optional.ofNullable(named.group(1))
                        .filter(author -> author.startsWith("did:") && !author.equals(did.value()))
                        .isPresent()) {
            return Optional.empty();
        }
        Optional<URI> host = people.fresh(did).flatMap(DidDocument::pds);
        return host.flatMap(pds -> hosts.record(pds, did, RepoPath.parse("app.bsky.feed.post/" + named.group(2))))
                .flatMap(answer -> answer.map("value"))
                .filter(record -> record.text("$type").equals(Optional.of("app.bsky.feed.post")))
                .flatMap(record -> record.text("text"));
    }

    /// The domain of a handle alone is no page of theirs: it may be their employer's.
    ///
    /// @param handle one that was confirmed
    private static Set<String> called(Did did, Optional<Handle> handle) {
        Set<String> called = new LinkedHashSet<>(List.of(did.value(), "at://" + did, PAGES + did));
        handle.map(Handle::value)
                .ifPresent(name -> called.addAll(List.of(name, "@" + name, "at://" + name, PAGES + name)));
        return called;
    }

    private static Map<String, Weight> claims(DidDocument document, Optional<DataMap> profile) {
        Map<String, Weight> claims = Testimony.Said.weighing(Weight.FIRM, document.alsoKnownAs());
        profile.flatMap(shown -> shown.text("website")).ifPresent(page -> claims.putIfAbsent(page, Weight.FIELD));
        profile.flatMap(shown -> shown.text("description")).stream()
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_TEXT)))
                .flatMap(text -> Stream.of(text.split("\\s+")))
                .filter(word -> word.length() <= LONGEST_WORD)
                .limit(MOST_WORDS)
                .map(IdentityLookup::bare)
                .filter(word -> word.indexOf('.') >= 0 || word.indexOf(':') >= 0 || word.startsWith("npub1"))
                .forEach(word -> {
                    claims.putIfAbsent(word, Weight.WORD);
                    if (isPage(word)) {
                        claims.putIfAbsent("https://" + word, Weight.WORD);
                    }
                });
        return claims;
    }

    /// Without the marks around it.
    private static String bare(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && BEFORE.indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && AFTER.indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }

    /// Whether it is a host with something behind it.
    private static boolean isPage(String word) {
        int slash = word.indexOf('/');
        String host = slash < 0 ? "" : word.substring(0, slash);
        int dot = host.indexOf('.');
        return dot > 0 && !host.endsWith(".") && host.indexOf(':') < 0 && host.indexOf('@') < 0;
    }
}
