package dev.drawbridge.engine;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import dev.drawbridge.model.bot.Told;
import dev.drawbridge.model.consent.Consent;
import java.time.Instant;
import java.util.Optional;

/// Whether people said something else about a network since: words come again, late and out of order, and
/// what was said last holds (ADR 68). What the operator vouches for, or does not any more, is not what they
/// said.
final class LastWord {
    private LastWord() {}

    /// Whether a person said something about `target` after `at`, or no at that moment.
    static boolean isAfter(Ports ports, NativeId person, Network target, Instant at) {
        return last(ports, person, target)
                .filter(said -> said.since().isAfter(at)
                        || (!said.given() && said.since().equals(at)))
                .isPresent();
    }

    /// Whether they asked for it after `at`: to be carried there or, if `at` reached us late, to be taken for
    /// an account of their own there.
    ///
    /// @param arrived when `at` reached us
    static boolean cameBack(Ports ports, NativeId person, Network target, Instant at, Instant arrived) {
        return Told.isLate(at, arrived) && LinkWords.isProvenSince(ports, person, target, at)
                || later(ports, person, target, at)
                        .filter(said -> said.given() && !isOperators(said))
                        .isPresent();
    }

    /// Whether they said something else about `target` after `at` than that they have an account of their own there.
    static boolean isElse(Ports ports, NativeId person, Network target, Instant at) {
        return later(ports, person, target, at)
                .filter(said -> said.given() || !(isOperators(said) || OptIns.wentOn(said)))
                .isPresent();
    }

    /// Whether they left by something they said after `at`, so that `at` tells nothing new.
    static boolean left(Ports ports, NativeId person, Network target, Instant at) {
        return later(ports, person, target, at)
                .filter(said -> !said.given() && !isOperators(said))
                .isPresent();
    }

    /// When a word of `at` takes effect: not before what the operator said for them.
    static Instant untilWhen(Ports ports, NativeId person, Network target, Instant at) {
        return later(ports, person, target, at)
                .filter(LastWord::isOperators)
                .map(Consent::since)
                .orElse(at);
    }

    private static Optional<Consent> later(Ports ports, NativeId person, Network target, Instant at) {
        return last(ports, person, target).filter(said -> said.since().isAfter(at));
    }

    private static Optional<Consent> last(Ports ports, NativeId person, Network target) {
        return ports.consents().find(person, target).or(() -> new Refusals(ports.consents()).find(person, target));
    }

    private static boolean isOperators(Consent said) {
        return Mirrors.vouchesFor(said) || Mirrors.ended(said);
    }
}
