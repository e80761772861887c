package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.ContentWarning;
import dev.drawbridge.model.Facet;
import dev.drawbridge.model.Media;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.Post;
import dev.drawbridge.model.RichText;
import dev.drawbridge.model.spi.HostedFile;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The people and posts of these tests: Alice writes on the Fediverse and has a ghost, Bob lives here, Carol is not
/// here.
final class People {
    static final NativeId ALICE = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice");
    static final NativeId CAROL = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/carol");
    static final NativeId ALICE_HERE = here("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    static final NativeId BOB = here("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    /// Bob's ghost on the Fediverse.
    static final NativeId BOB_THERE = new NativeId(Network.ACTIVITYPUB, "https://bridge.example/ap/bob");
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    static final NativeId POST = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice/statuses/1");
    static final ObjectRef BOBS_POST = ObjectRef.of(
            here("at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mfcb2bsk2k2a"),
            "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq");
    static final ObjectRef BOBS_ROOT = ObjectRef.of(
            here("at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mfcazzzz2k2a"),
            "bafyreib6nc4umbfd5dr4cxyoj3dd6wcpqrhfiw3rkbfm3rmzw7pnkhqi4e");

    /// Alice's post and its copy.
    static final NativeId PINNED = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice/statuses/7");
    static final ObjectRef PINNED_HERE = ObjectRef.of(
            here("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3mfcazzzz2k2a"),
            "bafyreib6nc4umbfd5dr4cxyoj3dd6wcpqrhfiw3rkbfm3rmzw7pnkhqi4e");

    /// A post of Alice's that is three records here.
    static final NativeId THREADED = new NativeId(Network.ACTIVITYPUB, "https://social.example/users/alice/statuses/9");
    static final ObjectRef THREADED_HERE = ObjectRef.of(
            here("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3mfcazzzz2k3a"),
            "bafyreib6nc4umbfd5dr4cxyoj3dd6wcpqrhfiw3rkbfm3rmzw7pnkhqi4e");

    private People() {}

    private static Map<URI, HostedFile> files() {
        String cid = "bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy";
        Map<URI, HostedFile> files = new HashMap<>();
        for (int i = 1; i <= 22; i++) {
            files.put(
                    URI.create("https://files.example/" + i + ".jpg"),
                    new HostedFile(cid, "image/jpeg", 1000 + i, Optional.of(new Media.Dimensions(800, 600))));
        }
        files.put(URI.create("https://files.example/plain.png"), new HostedFile(cid, "image/png", 5, Optional.empty()));
        files.put(
                URI.create("https://files.example/1.mp4"),
                new HostedFile(cid, "video/mp4", 9_000_000, Optional.of(new Media.Dimensions(1280, 720))));
        return files;
    }

    static NativeId here(String value) {
        return new NativeId(Network.ATPROTO, value);
    }

    /// What the engine knows about all of them.
    static Resolved known() {
        Optional<URI> page = Optional.of(URI.create("https://social.example/@carol"));
        return new Resolved(
                        Map.of(
                                ALICE,
                                        new Resolved.Actor(
                                                ALICE, Optional.of(ALICE_HERE), Optional.of("alice.ap.test"), page),
                                BOB,
                                        new Resolved.Actor(
                                                BOB, Optional.of(BOB), Optional.of("bob.test"), Optional.empty()),
                                BOB_THERE,
                                        new Resolved.Actor(
                                                BOB, Optional.of(BOB), Optional.of("bob.test"), Optional.empty()),
                                CAROL,
                                        new Resolved.Actor(
                                                CAROL, Optional.empty(), Optional.of("@carol@social.example"), page)),
                        Map.of(
                                BOBS_POST.id(),
                                post(BOBS_POST, Optional.of(BOBS_ROOT)),
                                PINNED,
                                post(PINNED_HERE, Optional.empty()),
                                THREADED,
                                threaded()),
                        Map.of(),
                        Set.of())
                .withFiles(files());
    }

    private static Resolved.Post threaded() {
        String posts = "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/";
        return new Resolved.Post(
                THREADED,
                Optional.of(ALICE),
                Optional.of(THREADED_HERE),
                Optional.of(THREADED_HERE),
                Optional.of(ALICE_HERE),
                Optional.empty(),
                List.of(),
                Set.of(here(posts + "3mfcazzzz2k3b"), here(posts + "3mfcazzzz2k3c")));
    }

    static Resolved.Post post(ObjectRef here, Optional<ObjectRef> root) {
        return new Resolved.Post(
                here.id(), Optional.of(BOB), Optional.of(here), root, Optional.of(BOB), Optional.empty());
    }

    static Post says(String text, Facet... facets) {
        return says(new RichText(text, List.of(facets)), Optional.empty(), Optional.empty());
    }

    static Post warns(String reason, String text) {
        return says(RichText.plain(text), Optional.of(new ContentWarning(reason)), Optional.empty());
    }

    static Post answers(ObjectRef parent, String text) {
        return says(RichText.plain(text), Optional.empty(), Optional.of(parent));
    }

    private static Post says(RichText text, Optional<ContentWarning> warning, Optional<ObjectRef> parent) {
        return Post.builder(POST, ALICE, NOON)
                .text(text)
                .warning(warning)
                .inReplyTo(parent)
                .languages(List.of("en"))
                .url(Optional.of(URI.create("https://social.example/@alice/1")))
                .build();
    }
}
