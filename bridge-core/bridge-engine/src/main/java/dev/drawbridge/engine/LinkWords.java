package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.consent.Consent;
import dev.drawbridge.model.port.Links.Link;
import dev.drawbridge.model.port.Links.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What people said themselves about accounts being theirs (ADR 60). What their profiles say is enough only for those
/// who never spoke with this bridge.
final class LinkWords {
    private LinkWords() {}

    /// Somebody says that an account is theirs too. What they said about it later than that stays.
    ///
    /// @param at when they said so
    /// @return false if they said since that it is not
    static boolean linked(Ports ports, NativeId person, NativeId account, Instant at) {
        Optional<Word> later =
                about(ports, person, account).filter(word -> word.at().isAfter(at));
        if (later.isEmpty()) {
            ports.links().say(new Word(person, account, true, at));
        }
        return later.filter(word -> !word.linked()).isEmpty();
    }

    /// The last that somebody said about an account and theirs.
    static Optional<Word> about(Ports ports, NativeId person, NativeId account) {
        return ports.links().words(person).stream()
                .filter(word -> word.other().equals(account))
                .findFirst();
    }

    /// Whether an account has to say it too before it is taken for somebody's: whoever ever answered this bridge, and
    /// whoever was not to be taken for somebody, speaks for themselves.
    static boolean isAwaited(Ports ports, NativeId person, NativeId account) {
        boolean linked = ports.links()
                .find(person, account.network())
                .filter(link -> link.other(person).equals(account))
                .isPresent();
        if (linked) {
            return false;
        }
        Optional<Word> about = about(ports, account, person);
        return about.isPresent()
                ? !about.get().linked()
                : ports.links().words(account).stream().anyMatch(word -> !word.linked())
                        || !ports.consents().of(account).isEmpty()
                        || new Refusals(ports.consents())
                                .find(account, person.network())
                                .isPresent();
    }

    /// Somebody says of accounts that they are not theirs any more. What they said, or what was found, later than that
    /// stays.
    ///
    /// @param whom of these, if they were linked or said to be theirs
    /// @param at when they said so
    /// @return those
    static List<NativeId> part(Ports ports, NativeId person, Predicate<NativeId> whom, Instant at) {
        return end(ports, person, whom.and(other -> !isLater(ports, person, other, at)), at);
    }

    /// The same, whatever they said later.
    static List<NativeId> end(Ports ports, NativeId person, Predicate<NativeId> whom, Instant at) {
        List<NativeId> others = others(ports, person).filter(whom).toList();
        for (NativeId other : others) {
            ports.links().say(new Word(person, other, false, at));
            ports.links().remove(person, other);
        }
        return others;
    }

    /// Somebody wants not to be bridged: no account of others is theirs, but for what they said or what was found later
    /// than that. A refusal that still stands ends those when they are looked at.
    static void refuse(Ports ports, NativeId person, Instant at) {
        part(ports, person, _ -> true, at);
    }

    /// Whether they said after `at` that an account is theirs too, be that shown or not, or that was found.
    static boolean isSaidSince(Ports ports, NativeId person, Instant at) {
        return others(ports, person).anyMatch(other -> isLater(ports, person, other, at));
    }

    /// Whether they are linked on a network, and said so after `at`, or that was found.
    static boolean isProvenSince(Ports ports, NativeId person, Network network, Instant at) {
        return ports.links()
                .find(person, network)
                .filter(link -> isLater(ports, person, link.other(person), at))
                .isPresent();
    }

    /// Who is linked with somebody, or said to be theirs.
    static Stream<NativeId> others(Ports ports, NativeId person) {
        return Stream.concat(
                        ports.links().of(person).stream().map((Link link) -> link.other(person)),
                        ports.links().words(person).stream()
                                .filter(Word::linked)
                                .map(Word::other))
                .distinct();
    }

    private static boolean isLater(Ports ports, NativeId person, NativeId other, Instant at) {
        return about(ports, person, other)
                .filter(Word::linked)
                .map(Word::at)
                .or(() -> ports.links()
                        .find(person, other.network())
                        .filter(link -> link.other(person).equals(other))
                        .map(Link::since))
                .filter(said -> said.isAfter(at))
                .isPresent();
    }

    /// Whoever is gone is linked with nobody, and said nothing.
    static void forget(Ports ports, NativeId person) {
        ports.links().of(person).forEach(link -> ports.links().remove(person, link.other(person)));
        ports.links().unsay(person);
    }

    /// Whom the operator removes is removed also where nothing of theirs is but a link.
    static void hold(Ports ports, NativeId person, Sanction sanction) {
        for (Link link : ports.links().of(person)) {
            var there = link.other(person).network();
            if (ports.consents().find(person, there).isEmpty()) {
                ports.consents()
                        .put(new Consent(person, there, Consent.State.WITHDRAWN, sanction.how(), sanction.at()));
            }
        }
    }
}
