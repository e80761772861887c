package dev.drawbridge.nostr.translate;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.ObjectRef;
import dev.drawbridge.model.spi.InstanceInfo;
import dev.drawbridge.model.spi.Resolved;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everybody and everything the translation tests talk about.
final class World {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final InstanceInfo INSTANCE = new InstanceInfo(
            URI.create("https://nostr.bridge.example"),
            "bridge.example",
            "Drawbridge",
            "0.1.0",
            "mailto:op@bridge.example",
            false);

    static final NativeId ALICE = ap("https://social.example/users/alice");
    static final NativeId ALICE_GHOST = nostr("a1".repeat(32));
    static final NativeId BOB = at("did:plc:bob234bob234bob234bob234");
    static final NativeId BOB_GHOST = nostr("b0".repeat(32));
    /// Native on Nostr.
    static final NativeId CAROL = nostr("7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e");
    /// Not on Nostr.
    static final NativeId DAVE = ap("https://other.example/users/dave");
    static final NativeId AP_BOT = new NativeId(Network.BRIDGE, "activitypub");
    static final NativeId AP_BOT_HERE = nostr("f0".repeat(32));

    static final NativeId FIRST = ap("https://social.example/notes/1");
    static final NativeId FIRST_HERE = nostr("e1".repeat(32));
    static final NativeId SECOND = ap("https://social.example/notes/2");
    static final NativeId SECOND_HERE = nostr("e2".repeat(32));
    static final NativeId CAROLS = nostr("ee".repeat(32));
    /// Edited once: the copy before was `e9…`.
    static final NativeId EDITED = ap("https://social.example/notes/3");

    /// A poll of Carol's, and one of Alice's.
    static final NativeId CAROLS_POLL = nostr("cc".repeat(32));
    static final NativeId POLL = ap("https://social.example/notes/5");
    static final NativeId PICTURE = nostr("c1".repeat(32));
    static final NativeId CAROLS_ARTICLE = nostr("30023:" + CAROL.value() + ":essay");
    static final NativeId ARTICLE = ap("https://social.example/notes/6");

    private World() {}

    static NativeId ap(String value) {
        return new NativeId(Network.ACTIVITYPUB, value);
    }

    static NativeId at(String value) {
        return new NativeId(Network.ATPROTO, value);
    }

    static NativeId nostr(String value) {
        return new NativeId(Network.NOSTR, value);
    }

    /// What the engine would say to anybody who asks about all of this, from the viewpoint of Nostr.
    static Resolved resolved(Set<NativeId> authorFollows) {
        Map<NativeId, Resolved.Actor> actors = new HashMap<>();
        actor(actors, ALICE, ALICE_GHOST, "alice_at_social.example@nostr.bridge.example");
        actor(actors, BOB, BOB_GHOST, "bob.bsky.social@nostr.bridge.example");
        actor(actors, CAROL, CAROL, "carol@site.example");
        actor(actors, AP_BOT, AP_BOT_HERE, "activitypub@nostr.bridge.example");
        actors.put(
                DAVE,
                new Resolved.Actor(
                        DAVE,
                        Optional.empty(),
                        Optional.of("@dave@other.example"),
                        Optional.of(URI.create("https://other.example/@dave"))));
        Map<NativeId, Resolved.Post> posts = new HashMap<>();
        post(posts, FIRST, ALICE, ObjectRef.of(FIRST_HERE), FIRST_HERE, ALICE_GHOST);
        post(posts, SECOND, ALICE, ObjectRef.of(SECOND_HERE), FIRST_HERE, ALICE_GHOST);
        post(posts, CAROLS, CAROL, ObjectRef.of(CAROLS), CAROLS, CAROL);
        var edited = ObjectRef.of(nostr("e3".repeat(32)), "e9".repeat(32));
        post(posts, EDITED, ALICE, edited, edited.id(), ALICE_GHOST);
        var like = ObjectRef.of(nostr("e7".repeat(32)), "k7");
        post(posts, ap("https://social.example/likes/1"), ALICE, like, like.id(), ALICE_GHOST);
        poll(posts, CAROLS_POLL, CAROL, ObjectRef.of(CAROLS_POLL, "k1068 o=yes o=no"), CAROL);
        poll(posts, POLL, ALICE, ObjectRef.of(nostr("dd".repeat(32)), "k1068"), ALICE_GHOST);
        post(posts, PICTURE, CAROL, ObjectRef.of(PICTURE, "k20"), PICTURE, CAROL);
        post(posts, CAROLS_ARTICLE, CAROL, ObjectRef.of(CAROLS_ARTICLE, "k30023"), CAROLS_ARTICLE, CAROL);
        var article = ObjectRef.of(nostr("30023:" + ALICE_GHOST.value() + ":0123"), "k30023");
        post(posts, ARTICLE, ALICE, article, article.id(), ALICE_GHOST);
        return new Resolved(actors, posts, Map.of(), authorFollows);
    }

    private static void poll(
            Map<NativeId, Resolved.Post> posts,
            NativeId original,
            NativeId author,
            ObjectRef here,
            NativeId authorHere) {
        var post = new Resolved.Post(
                original,
                Optional.of(author),
                Optional.of(here),
                Optional.of(here),
                Optional.of(authorHere),
                Optional.empty(),
                List.of("Yes", "No"),
                Set.of());
        posts.put(original, post);
        posts.put(here.id(), post);
    }

    private static void actor(Map<NativeId, Resolved.Actor> actors, NativeId origin, NativeId here, String handle) {
        var actor = new Resolved.Actor(origin, Optional.of(here), Optional.of(handle), Optional.empty());
        actors.put(origin, actor);
        actors.put(here, actor);
    }

    private static void post(
            Map<NativeId, Resolved.Post> posts,
            NativeId original,
            NativeId author,
            ObjectRef here,
            NativeId root,
            NativeId authorHere) {
        var post = new Resolved.Post(
                original,
                Optional.of(author),
                Optional.of(here),
                Optional.of(ObjectRef.of(root)),
                Optional.of(authorHere),
                Optional.empty());
        posts.put(original, post);
        posts.put(here.id(), post);
    }
}
