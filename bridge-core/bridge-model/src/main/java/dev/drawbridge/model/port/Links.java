package dev.drawbridge.model.port;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which accounts of two networks are one person's, because one of them asked and both said so. Each account has at
/// most one such account on each other network.
public interface Links {
    /// @param person who asked, on their own network
    /// @param account their other account, on another network
    /// @param since when both named each other first
    /// @param proven when they did last
    /// @param due when both are asked again
    record Link(NativeId person, NativeId account, Instant since, Instant proven, Instant due) {
        /// @throws IllegalArgumentException if both are of one network
        public Link {
            if (person.network().equals(account.network())) {
                throw new IllegalArgumentException(person + " and " + account + " are of one network");
            }
        }

        /// The one of the two that `end` is not.
        public NativeId other(NativeId end) {
            return end.equals(person) ? account : person;
        }
    }

    /// Stores a link, or renews the one between the same two.
    ///
    /// @return false, and nothing is stored, if one of them is linked with somebody else of the other's network
    boolean put(Link link);

    /// The link between an account, whichever end it is, and one of `network`.
    Optional<Link> find(NativeId end, Network network);

    /// Every link of an account, whichever end it is, ordered by network.
    List<Link> of(NativeId end);

    /// Ends the link between two accounts, named in either order. Does nothing if there is none.
    void remove(NativeId one, NativeId other);

    /// Links whose accounts are to be asked again, those that were due first in front.
    List<Link> due(Instant now, int limit);
}
