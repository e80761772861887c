package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Uris;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/// The addresses of what we make, each a function of the source id alone, so that a retry, a replay or another machine
/// makes the same.
///
/// The part after the network is the first 192 bits of SHA-256 over the source id, in Base64url: short whatever the
/// source, and nothing in it needs escaping.
///
/// @param base where the author's actor lives, and so everything they say: without a slash at the end
/// @param homes every such place of this instance
public record CopyIds(String base, Set<String> homes) {
    private static final int HASH_BYTES = 24;

    public CopyIds {
        homes = Set.copyOf(homes);
    }

    public CopyIds(String base) {
        this(base, Set.of(base));
    }

    public static CopyIds under(URI base) {
        return new CopyIds(base.toString());
    }

    /// The addresses of what one of our actors says: servers only believe what comes from the actor's own host.
    ///
    /// @param actor somebody else's changes nothing
    CopyIds of(String actor) {
        return homes.stream()
                .filter(home -> actor.startsWith(home + "/"))
                .findFirst()
                .map(home -> new CopyIds(home, homes))
                .orElse(this);
    }

    /// A note.
    public String note(NativeId source) {
        return address("objects", source);
    }

    public String like(NativeId source) {
        return address("likes", source);
    }

    public String announce(NativeId source) {
        return address("shares", source);
    }

    /// A vote: its choices are numbered behind it.
    String vote(NativeId source) {
        return address("votes", source);
    }

    /// The proof that somebody may do something with a post.
    String stamp(NativeId source) {
        return address("stamps", source);
    }

    /// A follow: the same when it is asked for, answered and taken back.
    public String follow(NativeId source) {
        return address("follows", source);
    }

    /// The activity that publishes a note.
    public static String create(String note) {
        return note + "/create";
    }

    /// An activity that nobody ever asks for: a fragment of what it is about.
    ///
    /// @param subject the object or actor it is about
    /// @param what `update`, `accept`, …
    /// @param source the activity it was made from
    static String fragment(String subject, String what, NativeId source) {
        return subject + (subject.contains("#") ? "-" : "#") + what + "-" + hash(source.key());
    }

    /// The page of a hashtag.
    public String hashtag(String tag) {
        return base + "/ap/tags/"
                + URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public String actor(String username) {
        return base + "/ap/actors/" + username;
    }

    /// Stands in for the author of a draft when nothing is known about them.
    public String unknownActor(NativeId origin) {
        return actor(origin.network().name() + "." + hash(origin.value()));
    }

    public static String followers(String actor) {
        return actor + "/followers";
    }

    /// Whether this is one of our own addresses.
    public boolean ours(String id) {
        return homes.stream().anyMatch(home -> id.startsWith(home + "/") || Uris.sameOrigin(id, home));
    }

    /// Whether this is the address of one of our actors, and not of something of theirs.
    boolean isActor(String id) {
        return homes.stream()
                .map(home -> home + "/ap/actors/")
                .anyMatch(actors -> id.startsWith(actors) && id.indexOf('/', actors.length()) < 0);
    }

    public boolean isLike(String id) {
        return id.startsWith(base + "/ap/likes/");
    }

    public boolean isAnnounce(String id) {
        return id.startsWith(base + "/ap/shares/");
    }

    static NativeId id(String uri) {
        return new NativeId(Network.ACTIVITYPUB, uri);
    }

    private String address(String kind, NativeId source) {
        return base + "/ap/" + kind + "/" + source.network().name() + "/" + hash(source.value());
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
