package dev.drawbridge.model.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Who may run the instance from its pages, what they did there, and which sessions of those whom a provider brings are
/// over. Unique by name.
public interface Operators {
    /// @param name 1 to 64 lower-case letters, digits, `.`, `-` and `_`
    /// @param password what is kept of it
    /// @param passkeys in the order they were registered
    /// @param passwordOff whether they come in with a passkey only
    /// @param epoch goes up whenever something that let them in does not any more: what began in an earlier one
    /// is over. Who comes after somebody of the same name has a later one, as it begins with the milliseconds of
    /// `since`
    record Operator(
            String name, String password, Instant since, List<Passkey> passkeys, boolean passwordOff, long epoch) {
        /// @throws IllegalArgumentException if there would be no way in
        public Operator {
            passkeys = List.copyOf(passkeys);
            if (passwordOff && passkeys.isEmpty()) {
                throw new IllegalArgumentException("without a password and without a passkey nobody comes in");
            }
        }

        /// One who has a password.
        public Operator(String name, String password, Instant since) {
            this(name, password, since, List.of(), false, since.toEpochMilli());
        }

        /// The same with passkeys that were changed or added; who takes one away says so ([#without]).
        ///
        /// @throws IllegalArgumentException if there would be no way in
        public Operator with(List<Passkey> others) {
            return new Operator(name, password, since, others, passwordOff, epoch);
        }

        /// The same without a passkey, and nobody who came in before.
        ///
        /// @throws IllegalArgumentException if there would be no way in
        public Operator without(String passkey) {
            var left =
                    passkeys.stream().filter(one -> !one.id().equals(passkey)).toList();
            return new Operator(name, password, since, left, passwordOff, epoch + 1);
        }

        /// The same with nothing but another password, and nobody who came in before.
        public Operator anew(String other) {
            return new Operator(name, other, since, List.of(), false, epoch + 1);
        }

        /// The same with the password switched on; or off, and nobody who came in before.
        ///
        /// @throws IllegalArgumentException if there would be no way in
        public Operator switched(boolean off) {
            return new Operator(name, password, since, passkeys, off, off ? epoch + 1 : epoch);
        }

        public Optional<Passkey> passkey(String id) {
            return passkeys.stream().filter(passkey -> passkey.id().equals(id)).findFirst();
        }
    }

    /// The public half of a key that an authenticator of the operator holds
    /// ([WebAuthn](https://www.w3.org/TR/webauthn-3/#credential-record)).
    ///
    /// @param id the authenticator's name for it, base64url
    /// @param name the operator's name for it
    /// @param credential its id and public key as the authenticator gave them (attested credential data), base64url
    /// @param counter how often the authenticator signed, as it says; 0 if it does not count
    /// @param syncable whether it may be on several devices of its owner
    /// @param used when somebody last came in with it
    record Passkey(
            String id,
            String name,
            String credential,
            long counter,
            boolean syncable,
            Instant since,
            Optional<Instant> used) {
        /// The same after somebody came in with it.
        public Passkey used(long nowCounted, Instant at) {
            return new Passkey(id, name, credential, nowCounted, syncable, since, Optional.of(at));
        }
    }

    /// One line of the audit.
    ///
    /// @param who the operator's name
    /// @param what a word: `signed in`, `removed`, …
    /// @param about whom or what; may be empty
    record Deed(Instant at, String who, String what, String about) {}

    /// Stores the first operator. Of several at once one wins.
    ///
    /// @return false if there was one already
    boolean first(Operator operator);

    boolean any();

    Optional<Operator> find(String name);

    /// Everybody, by name.
    List<Operator> all();

    /// Puts something else in the place of an operator, and nothing of what others do at the same time is lost.
    ///
    /// @param change asked again if somebody was faster; empty to leave the operator as they are. The name stays.
    /// @return whether it was changed; false also if nobody is called so
    boolean change(String name, Function<Operator, Optional<Operator>> change);

    /// Stores one more.
    ///
    /// @return false if somebody is called so already, or nobody was first
    default boolean add(Operator operator) {
        return add(operator, removals());
    }

    /// The same for who was invited by somebody who may have been taken out since.
    ///
    /// @param removals what [#removals()] was then
    /// @return false also if it is more by now
    boolean add(Operator operator, long removals);

    /// How many were taken out so far.
    long removals();

    /// @return false if nobody is called so, or they are the last: somebody has to come in
    boolean remove(String name);

    /// Notes that somebody came in whom no operator of this store is called like: a provider said who they are.
    ///
    /// @param who as the audit names them
    /// @param forget from then on no session of theirs that began now is left
    void came(String who, Instant at, Instant forget);

    /// Ends sessions that a provider let begin, in every process of the instance.
    ///
    /// @param whose a person, or a session as the provider calls it
    /// @param until those that began later stay; an earlier time than was said before changes nothing
    /// @param forget from then on no session that this ends is left
    /// @return whether they came in, as far as that is not forgotten
    boolean end(String whose, Instant until, Instant forget);

    /// Until when the sessions of some are over; of whom nothing was said nothing is said.
    Map<String, Instant> ended(Set<String> whose);

    /// Notes a word that is good once.
    ///
    /// @param forget from then on it is not good anyway
    /// @return false if it was noted before
    boolean once(String word, Instant forget);

    /// Whether a word was noted that is good once, and is not forgotten.
    boolean said(String word);

    /// Adds to the audit; nothing takes anything out of it.
    void note(Deed deed);

    /// The newest first.
    List<Deed> deeds(int limit);
}
