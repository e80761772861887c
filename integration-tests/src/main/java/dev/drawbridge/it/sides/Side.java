package dev.drawbridge.it.sides;

import java.util.List;
import java.util.Optional;

/// One network with real servers: what people do on it, and what can be seen on it. Nothing here asks the bridge what
/// it did, except where the bridge itself is a server of that network.
public interface Side extends AutoCloseable {
    /// `activitypub`, `nostr` or `atproto`.
    String network();

    /// Opens an account.
    ///
    /// @param name unique among tests that share this side
    Person join(String name);

    /// The bot here that carries people to `target`, found as people find it; empty while it is not there.
    Optional<Words.Named> bot(String target);

    /// The stand-in of somebody of another network, found as people find it; empty while it is not there.
    Optional<Words.Named> ghost(Person origin);

    void follow(Person person, String whom);

    void unfollow(Person person, String whom);

    /// @return the post's id
    String publish(Person person, Words words);

    /// @return the reply's id
    String reply(Person person, String parent, Words words);

    void delete(Person person, String post);

    /// Every post of `author` that is here now. A post that arrived twice under one id is listed once.
    List<Sighting> posts(String author);

    /// Whether `post` was here and was taken back.
    boolean deleted(String author, String post);

    /// Whether `follower` follows `followed` here.
    boolean follows(String follower, String followed);

    /// Whether the account is gone for good.
    boolean gone(String account);

    @Override
    void close();
}
