package dev.drawbridge.activitypub.object;

import java.util.List;
import java.util.stream.Stream;

/// Whom a document is addressed to.
///
/// @param to primary addressees
/// @param cc secondary addressees
public record Audience(List<String> to, List<String> cc) {
    /// How far a document goes.
    public enum Reach {
        PUBLIC,
        UNLISTED,
        FOLLOWERS,
        DIRECT
    }

    public static Audience of(As2 document) {
        return new Audience(document.refs("to"), document.refs("cc"));
    }

    /// The object's addressees, or the activity's where the object names none.
    public static Audience of(As2 activity, As2 object) {
        var own = of(object);
        return own.isEmpty() ? of(activity) : own;
    }

    public boolean isEmpty() {
        return to.isEmpty() && cc.isEmpty();
    }

    /// Who may see it, as Mastodon reads it: everybody in `to` is public, everybody in `cc` is unlisted, a collection
    /// of the author's is for followers, anything else is direct.
    ///
    /// @param author the actor who wrote it
    public Reach reach(String author) {
        if (to.stream().anyMatch(Vocabulary::isPublic)) {
            return Reach.PUBLIC;
        }
        if (cc.stream().anyMatch(Vocabulary::isPublic)) {
            return Reach.UNLISTED;
        }
        boolean followers = Stream.concat(to.stream(), cc.stream())
                .anyMatch(a -> !a.equals(author) && Uris.sameOrigin(a, author) && isFollowers(a, author));
        return followers ? Reach.FOLLOWERS : Reach.DIRECT;
    }

    private static boolean isFollowers(String addressee, String author) {
        return addressee.startsWith(author) || addressee.endsWith("/followers") || addressee.endsWith("/followers/");
    }
}
