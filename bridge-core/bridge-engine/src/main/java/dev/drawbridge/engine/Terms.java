package dev.drawbridge.engine;

import dev.drawbridge.model.consent.Asks;
import dev.drawbridge.model.consent.ConsentPolicy;
import dev.drawbridge.model.consent.Gates;

/// On what terms an instance carries people.
///
/// @param gates what the operator asks of those who want to be carried
/// @param mirrors whom the operator carries for their owners
/// @param rules whom and what the operator denies
/// @param pace how fast each author goes
/// @param asks how many people are asked whether they want to be carried
public record Terms(ConsentPolicy policy, Gates gates, Mirrors mirrors, LiveRules rules, Pace pace, Asks asks) {
    /// Those under which nobody is asked.
    public Terms(ConsentPolicy policy, Gates gates, Mirrors mirrors, LiveRules rules, Pace pace) {
        this(policy, gates, mirrors, rules, pace, Asks.OFF);
    }

    /// Those under which everybody goes as fast as they like.
    public Terms(ConsentPolicy policy, Gates gates, Mirrors mirrors, LiveRules rules) {
        this(policy, gates, mirrors, rules, Pace.unlimited());
    }

    /// Those whose only rules are what the gates deny.
    public Terms(ConsentPolicy policy, Gates gates, Mirrors mirrors) {
        this(policy, gates, mirrors, LiveRules.of(gates.denied()));
    }

    /// Whoever opts in, and nobody else.
    public static Terms of(ConsentPolicy policy) {
        return new Terms(policy, Gates.OPEN, new Mirrors());
    }
}
