package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.Profile;
import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import dev.drawbridge.model.port.Links.Link;
import dev.drawbridge.model.spi.Testimony;
import dev.drawbridge.model.spi.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Whether two accounts of different networks are one person's: each is asked by its own connector, now, and has to
/// name the other (ADR 60). The same for every pair of networks.
final class LinkProof {
    private final Ports ports;
    private final Connectors connectors;
    private final Namesakes namesakes;
    private final Resolver resolver;
    private final LiveRules rules;

    LinkProof(Ports ports, Connectors connectors, Resolver resolver, LiveRules rules) {
        this.ports = ports;
        this.connectors = connectors;
        this.namesakes = new Namesakes(connectors, resolver);
        this.resolver = resolver;
        this.rules = rules;
    }

    /// What became of looking.
    sealed interface Answer {
        record Found(NativeId account) implements Answer {}

        /// @param account whom it was about, if that is known
        record Refused(LinkRefusal why, Optional<NativeId> account) implements Answer {}
    }

    /// Asks both accounts.
    ///
    /// @param called what the other one is called, without `@` in front
    Answer find(NativeId person, String called) {
        List<NativeId> meant = namesakes.of(person, called);
        return meant.size() == 1
                ? between(person, meant.getFirst())
                : new Answer.Refused(LinkRefusal.NOBODY, Optional.empty());
    }

    /// Asks both accounts.
    Answer between(NativeId person, NativeId account) {
        return between(person, account, _ -> true);
    }

    /// Asks both accounts again. That one of them is kept back for a while says nothing about whose they are:
    /// only for good does it end what was proven.
    Answer again(Link link) {
        return between(
                link.person(),
                link.account(),
                rule -> rule.effect() == Effect.DENY && rule.until().isEmpty());
    }

    private Answer between(NativeId person, NativeId account, Predicate<Rule> counts) {
        if (isTaken(person, account) || isTaken(account, person)) {
            return refused(LinkRefusal.TAKEN, account);
        }
        Optional<LinkRefusal> bar = bar(person, true, counts).or(() -> bar(account, false, counts));
        if (bar.isPresent()) {
            return refused(bar.get(), account);
        }
        return switch (testimony(person)) {
            case Testimony.Silent _ -> refused(LinkRefusal.SILENT, account);
            case Testimony.Nobody _ -> refused(LinkRefusal.UNSAID_HERE, account);
            case Testimony.Said here -> between(here, person, account);
        };
    }

    private Answer between(Testimony.Said here, NativeId person, NativeId account) {
        return switch (testimony(account)) {
            case Testimony.Silent _ -> refused(LinkRefusal.SILENT, account);
            case Testimony.Nobody _ -> refused(LinkRefusal.UNSAID_THERE, account);
            case Testimony.Said there ->
                compared(withPost(person, here, there), withPost(account, there, here), account);
        };
    }

    /// What an account says, with what it says in a post that the other one points to. That is there now, or
    /// is nothing.
    private Testimony.Said withPost(NativeId account, Testimony.Said said, Testimony.Said other) {
        Optional<String> post = other.proofs().of(said);
        if (post.isEmpty() || said.vouchesFor(other)) {
            return said;
        }
        try {
            return connectors
                    .get(account.network())
                    .words(account, post.get())
                    .filter(other.proofs()::areIn)
                    .map(_ -> said.vouchingFor(other))
                    .orElse(said);
        } catch (UnavailableException e) {
            return said.unsure();
        }
    }

    private static Answer compared(Testimony.Said here, Testimony.Said there, NativeId account) {
        // Whose names could not all be looked at may be named by one of the others.
        // And a word counts with what is said of the one who says it.
        boolean whole = here.whole() && there.whole();
        if (!here.countsWith(there)) {
            return refused(whole ? LinkRefusal.UNSAID_HERE : LinkRefusal.SILENT, account);
        }
        if (!there.countsWith(here)) {
            return refused(whole ? LinkRefusal.UNSAID_THERE : LinkRefusal.SILENT, account);
        }
        return new Answer.Found(account);
    }

    /// Why nobody is linked with somebody, whatever both say. That an instance is for a few only does not keep out
    /// accounts of theirs elsewhere.
    private Optional<LinkRefusal> bar(NativeId end, boolean asks, Predicate<Rule> counts) {
        boolean removed = ports.consents().of(end).stream().anyMatch(Sanction::holds);
        if (removed || resolver.profile(end).filter(Profile::refusesBridging).isPresent()) {
            return Optional.of(LinkRefusal.BARRED);
        }
        return rules.on(end, resolver)
                .filter(counts)
                .filter(rule -> asks || !rule.subject().value().equals(Subject.EVERYBODY))
                .map(rule -> rules.isUnsure(rule, end, resolver) ? LinkRefusal.SILENT : LinkRefusal.BARRED);
    }

    private boolean isTaken(NativeId one, NativeId other) {
        Network there = other.network();
        return ports.links()
                .find(one, there)
                .map((Link link) -> !link.other(one).equals(other))
                .orElse(false);
    }

    /// What is ours says of itself what its owner says elsewhere: that proves nothing.
    private Testimony testimony(NativeId account) {
        if (ports.identities().byId(account).isPresent()) {
            return new Testimony.Nobody();
        }
        return connectors.has(account.network())
                ? connectors.get(account.network()).testimony(account)
                : new Testimony.Silent();
    }

    private static Answer refused(LinkRefusal why, NativeId account) {
        return new Answer.Refused(why, Optional.of(account));
    }
}
