package dev.drawbridge.model.port;

import dev.drawbridge.model.moderation.Effect;
import dev.drawbridge.model.moderation.Rule;
import dev.drawbridge.model.moderation.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the operator allows and denies, and the lists of others that they follow. One rule for each subject and source,
/// one subscription for each address.
public interface Rules {
    /// Stores a rule, in the place of what the same source said about the same.
    void put(Rule rule);

    /// @return false if there was none
    boolean remove(Subject subject, String source);

    /// What one source says now: rules of it that are not given go.
    ///
    /// @param rules all of `source`
    /// @return whether anything is another than before
    /// @throws IllegalArgumentException if one is of another source; then nothing changes
    boolean replace(String source, Collection<Rule> rules);

    /// Every rule, ended ones too, ordered by id.
    List<Rule> all();

    /// Forgets rules that have ended.
    void removeEnded(Instant now);

    /// A list of somebody else's.
    ///
    /// @param address as its network names it
    /// @param effect what happens to those on it
    /// @param since when it was subscribed to
    /// @param next when it is read next
    /// @param failures how often in a row it could not be read
    /// @param entries how many rules it made when it was read last
    /// @param trouble why it could not be read last time; empty if it could
    record Subscription(
            String address, Effect effect, Instant since, Instant next, int failures, int entries, String trouble) {
        /// Whose rules those of the list are.
        public String source() {
            return Rule.LIST + address;
        }
    }

    /// Stores a subscription, in the place of the one to the same list.
    void subscribe(Subscription subscription);

    /// @return false if there was none
    boolean unsubscribe(String address);

    Optional<Subscription> subscription(String address);

    /// Every subscription, ordered by address.
    List<Subscription> subscriptions();
}
