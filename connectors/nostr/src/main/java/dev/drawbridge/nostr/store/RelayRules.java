package dev.drawbridge.nostr.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the operator decided about our relay ([NIP-86](https://nips.nostr.com/86)). Finding a rule costs no trip to the
/// store: what was decided through another instance may be known here ten seconds later.
public interface RelayRules {
    /// What a rule is about.
    enum About {
        /// Nothing by this author is taken.
        BANNED_KEY,
        /// This author may write here without being bridged.
        ALLOWED_KEY,
        /// This event is not taken.
        BANNED_EVENT,
        /// What the relay says of itself: `name`, `description`, `icon`.
        SHOWN
    }

    /// @param subject a public key, an event id or a name, as `about` says
    /// @param text a reason, or what is shown; may be empty
    record Rule(About about, String subject, String text) {
        public String key() {
            return key(about, subject);
        }

        public static String key(About about, String subject) {
            return about.name() + ':' + subject;
        }
    }

    /// Stores a rule in the place of the one with the same key.
    void put(Rule rule);

    /// Does nothing if there is no such rule.
    void remove(About about, String subject);

    /// The rules with these keys.
    List<Rule> find(Collection<String> keys);

    default Optional<Rule> find(About about, String subject) {
        return find(List.of(Rule.key(about, subject))).stream().findFirst();
    }

    /// In the order of their subjects.
    List<Rule> all(About about, int most);
}
