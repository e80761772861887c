package dev.drawbridge.model.consent;

import dev.drawbridge.model.NativeId;
import dev.drawbridge.model.Network;
import java.time.Instant;

/// What a person said about being carried to one network.
///
/// @param actor the person, on their own network
/// @param target the network they want to reach
/// @param state what they said last
/// @param how the act that said it, for the audit: `followed the bot`, `unfollowed the bot`, `blocked the bot`
/// @param since when they said it
public record Consent(NativeId actor, Network target, State state, String how, Instant since) {
    /// The answer of a person. Nobody was asked, nobody answered: there is no record, which means no.
    public enum State {
        GIVEN,
        WITHDRAWN
    }

    public boolean given() {
        return state == State.GIVEN;
    }
}
