package dev.drawbridge.model.moderation;

import java.util.Locale;
import java.util.Optional;

/// What a rule does, each one more than the one before it. Whatever takes something back always crosses.
public enum Effect {
    /// Nothing: an exception to rules that cover more, and to lists of others.
    ALLOW,
    /// Nothing new crosses and nobody new is let in; what is there stays.
    FREEZE,
    /// Besides, what is there is taken back. The account stays and goes on when the rule ends.
    HIDE,
    /// Besides, nothing of it is read or kept, and nothing is sent there.
    DENY;

    /// How commands and documents call it: in lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @return empty if it is no such word
    public static Optional<Effect> of(String word) {
        for (Effect effect : values()) {
            if (effect.word().equals(word)) {
                return Optional.of(effect);
            }
        }
        return Optional.empty();
    }
}
