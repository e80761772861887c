package dev.drawbridge.atproto.translate;

import dev.drawbridge.model.Activity;
import dev.drawbridge.model.ConsentSignal;
import dev.drawbridge.model.Profile;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `org.user-intents.declaration` records: what somebody wants done with all of their public data. That they refuse to
/// be bridged is honoured, wherever else they say yes; that they allow it is no opt-in.
///
/// Spec: [proposal 0008](https://github.com/bluesky-social/proposals/tree/main/0008-user-intents), `protocolBridging`
final class UserIntents {
    private UserIntents() {}

    /// Whether a declaration refuses. Without a boolean nothing is said.
    static boolean refuse(Optional<ObjectNode> declaration) {
        return declaration
                .map(record -> record.path("protocolBridging").path("allow"))
                .filter(JsonNode::isBoolean)
                .filter(allow -> !allow.asBoolean())
                .isPresent();
    }

    /// What somebody signals, and that a declaration refuses if it does.
    static Set<ConsentSignal> with(Optional<ObjectNode> declaration, Set<ConsentSignal> signals) {
        Set<ConsentSignal> all = EnumSet.noneOf(ConsentSignal.class);
        all.addAll(signals);
        if (refuse(declaration)) {
            all.add(ConsentSignal.DECLARES_NO_BRIDGING);
        }
        return all;
    }

    /// A declaration that refuses, as a profile that does: it says nothing else.
    ///
    /// @throws Uncrossable if it does not refuse
    static Activity read(RepoDocument.Write write) {
        Optional<ObjectNode> declaration = Optional.of(write.record());
        if (!write.path().rkey().value().equals(Lexicons.SELF)) {
            throw new Uncrossable("a declaration about somebody else's service");
        }
        if (!refuse(declaration)) {
            throw new Uncrossable("a declaration that does not refuse bridging");
        }
        Profile refusing = Profile.builder(
                        write.author(), write.handle().orElse(write.did().value()))
                .refusesBridging(true)
                .signals(with(declaration, Set.of()))
                .build();
        return new Activity.ProfileUpdate(write.version(), write.time(), refusing);
    }
}
