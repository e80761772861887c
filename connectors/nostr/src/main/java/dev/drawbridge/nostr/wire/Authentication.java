package dev.drawbridge.nostr.wire;

import dev.drawbridge.nostr.event.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far one connection is with [NIP-42](https://nips.nostr.com/42). Guarded by its relay's lock.
final class Authentication {
    private static final String WORD = "auth-required";

    private Optional<String> asked = Optional.empty();
    private boolean refused;
    private List<String> held = new ArrayList<>();

    /// What the relay made of our proof.
    ///
    /// @param refused whether it ended subscriptions before because it did not know who we are
    /// @param held the ids of the events it did not take before for the same reason
    record Answer(boolean refused, List<String> held) {}

    static boolean isWanted(String reason) {
        return PublishAnswer.word(reason).equals(WORD);
    }

    void sent(EventId proof) {
        asked = Optional.of(proof.hex());
    }

    /// A subscription was refused.
    void refused() {
        refused = true;
    }

    /// Keeps an event for when the relay has answered.
    ///
    /// @return false if no answer is to come
    boolean hold(String id) {
        return asked.isPresent() && held.add(id);
    }

    /// @return empty if the answer is to something else
    Optional<Answer> answered(String id) {
        if (!asked.equals(Optional.of(id))) {
            return Optional.empty();
        }
        var answer = new Answer(refused, held);
        reset();
        return Optional.of(answer);
    }

    /// The connection is another one.
    void reset() {
        asked = Optional.empty();
        refused = false;
        held = new ArrayList<>();
    }
}
