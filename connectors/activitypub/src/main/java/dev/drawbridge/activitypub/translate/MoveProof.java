package dev.drawbridge.activitypub.translate;

import dev.drawbridge.activitypub.object.Actor;
import java.util.Optional;

/// Whether a `Move` is true: both accounts have to say so
/// ([FEP-7628](https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md)). Pure; who asks fetches both
/// actors anew.
public final class MoveProof {
    private MoveProof() {}

    /// @param origin the account that moves
    /// @param target where it says it goes
    /// @return why it does not count, for a person to read; empty if both agree
    public static Optional<String> objection(Actor origin, Actor target) {
        if (origin.id().equals(target.id())) {
            return Optional.of("an account cannot move to itself");
        }
        if (!target.document().refs("alsoKnownAs").contains(origin.id())) {
            return Optional.of(target.id() + " does not say that it is also " + origin.id());
        }
        boolean left =
                origin.document().ref("movedTo").filter(target.id()::equals).isPresent();
        boolean same = origin.document().refs("alsoKnownAs").contains(target.id());
        return left || same
                ? Optional.empty()
                : Optional.of(origin.id() + " does not say that it moved to " + target.id());
    }
}
