package dev.drawbridge.model.port;

import dev.drawbridge.model.Destination;
import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who follows whom across networks. People are named by their origin, never by a ghost. Unique by (follower,
/// followed).
public interface Follows {
    /// A follow.
    ///
    /// @param follower who follows, on their own network
    /// @param followed who is followed, on their own network ([Network#BRIDGE] for a bot)
    /// @param follow the id of the activity or record that made it; an undo may name only this
    /// @param reach where posts go to reach this follower; empty if their network needs no address
    /// @param active false while the followed person has not answered
    record Edge(NativeId follower, NativeId followed, NativeId follow, Optional<Destination> reach, boolean active) {}

    /// Stores a follow, or renews the one between the same two.
    void put(Edge edge);

    /// Ends a follow.
    ///
    /// @return what was stored
    Optional<Edge> remove(NativeId follower, NativeId followed);

    Optional<Edge> find(NativeId follower, NativeId followed);

    /// The follow that the activity or record `follow` made.
    Optional<Edge> byFollow(NativeId follow);

    /// Where the followers of a person on `network` are reached, each destination once, in the order of their keys.
    /// Active follows only. What it costs depends on `limit` alone, however many follow.
    ///
    /// @param after only what comes after this one; empty for the first page
    List<Destination> reachOf(NativeId followed, Network network, Optional<Destination> after, int limit);

    /// The same with the places where nobody follows any more: what the person said may still be there.
    List<Destination> everReached(NativeId followed, Network network, Optional<Destination> after, int limit);

    /// Ends every follow whose follower is reached at a place that is gone for good.
    void removeReach(Destination gone);

    /// Who on `network` follows a person, ordered by id: those whose ids begin with `prefix`. Active follows only.
    List<NativeId> followersOf(NativeId followed, Network network, String prefix, int limit);

    /// Who on `network` follows a person, ordered by id, a page at a time. Active follows only.
    ///
    /// @param after only who comes after this one, who need not be there any more; empty for the first page
    List<NativeId> followersOf(NativeId followed, Network network, Optional<NativeId> after, int limit);

    /// How many people on `network` follow a person. Active follows only.
    long followerCount(NativeId followed, Network network);

    /// Follows of a person that wait for an answer, ordered by follower.
    List<Edge> pending(NativeId followed, int limit);

    /// Whom a person follows.
    Set<NativeId> followedBy(NativeId follower);
}
