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
    /// @param doubted since when one of them does not name the other any more; empty as long as both do
    record Link(
            NativeId person, NativeId account, Instant since, Instant proven, Instant due, Optional<Instant> doubted) {
        /// @throws IllegalArgumentException if both are of one network
        public Link {
            if (person.network().equals(account.network())) {
                throw new IllegalArgumentException(person + " and " + account + " are of one network");
            }
        }

        /// One that nobody doubts.
        public Link(NativeId person, NativeId account, Instant since, Instant proven, Instant due) {
            this(person, account, since, proven, due, Optional.empty());
        }

        /// The one of the two that `end` is not.
        public NativeId other(NativeId end) {
            return end.equals(person) ? account : person;
        }
    }

    /// The last that somebody said about an account and theirs.
    ///
    /// @param linked whether that both are one person's, or that they are not
    /// @param at when they said so; where the network says nothing about that, when it arrived
    record Word(NativeId end, NativeId other, boolean linked, Instant at) {}

    /// Stores a link, or takes the place of the one between the same two.
    ///
    /// @return false, and nothing is stored, if one of them is linked with somebody else of the other's network
    boolean put(Link link);

    /// Says when both were asked last and will be next, and whether that left doubts.
    ///
    /// @return false, and nothing is stored, if there is no link between these two that began then
    boolean renew(Link link);

    /// The link between an account, whichever end it is, and one of `network`.
    Optional<Link> find(NativeId end, Network network);

    /// Every link of an account, whichever end it is, ordered by network.
    List<Link> of(NativeId end);

    /// Ends the link between two accounts. Does nothing if there is none. Done by half, it is found at `one` still.
    void remove(NativeId one, NativeId other);

    /// Links whose accounts are to be asked again, those that were due first in front.
    List<Link> due(Instant now, int limit);

    /// Remembers a word in the place of what they said about that account before.
    void say(Word word);

    /// What somebody said, ordered by the other account.
    List<Word> words(NativeId end);

    /// Forgets what somebody said.
    void unsay(NativeId end);
}
