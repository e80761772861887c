package dev.drawbridge.console;

import dev.drawbridge.console.PasskeyVerifier.Assertion;
import dev.drawbridge.console.PasskeyVerifier.Creation;
import dev.drawbridge.console.PasskeyVerifier.Fresh;
import dev.drawbridge.console.PasskeyVerifier.Refused;
import dev.drawbridge.console.Sessions.Entry;
import dev.drawbridge.console.Sessions.Session;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Operators.Operator;
import dev.drawbridge.model.port.Operators.Passkey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passkeys of operators: how they are registered, let somebody in and go again. Each challenge belongs to the browser
/// that asked for it and is good once ([OpenSignIns]).
final class PasskeyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PasskeyDesk.class);
    private static final int MOST = 20;
    /// UTF-16 code units of what a passkey is called.
    static final int LONGEST_NAME = 60;

    private final OperatorDoor door;
    private final Operators operators;
    private final Optional<PasskeyVerifier> verifier;
    private final OpenSignIns<Boolean> signIns;
    private final OpenSignIns<String> registrations;
    private final InstantSource clock;

    PasskeyDesk(OperatorDoor door, Operators operators, SecureRandom random, InstantSource clock) {
        this.door = door;
        this.operators = operators;
        this.verifier = PasskeyVerifier.at(door.home());
        this.signIns = new OpenSignIns<>(random, clock);
        this.registrations = new OpenSignIns<>(random, clock);
        this.clock = clock;
    }

    /// Whether browsers have passkeys for the address of this instance.
    boolean available() {
        return verifier.isPresent();
    }

    /// What became of a wish.
    enum Outcome {
        DONE,
        /// What the browser brought is not what was asked for.
        REFUSED,
        /// The name cannot be used.
        UNFIT,
        /// This passkey is registered already, or there are too many.
        TOO_MANY,
        /// They could not come in any more.
        LAST,
        /// They did not come in with a passkey, so nobody knows whether one lets them in.
        UNPROVEN,
        NOT_THERE
    }

    /// What an authenticator is to sign.
    ///
    /// @param challenge base64url
    /// @param party for whom
    record Challenge(String challenge, String party) {}

    /// What an authenticator is to make.
    ///
    /// @param user who its owner is, in no words of theirs; base64url
    /// @param exclude passkeys of theirs, of which no authenticator makes a second one
    record Wanted(
            String challenge, String party, String user, String name, List<Long> algorithms, List<String> exclude) {}

    /// @param browser which browser asks
    /// @return empty if there are none, or no turn is left
    Optional<Challenge> challenge(String browser, String address) {
        if (!available() || !door.mayTry(address, Optional.empty())) {
            return Optional.empty();
        }
        String word = signIns.word();
        signIns.put(word, browser, true);
        return verifier.map(v -> new Challenge(challenge(word), v.party()));
    }

    /// @param challenge as it was given to this browser
    /// @return what the cookie of the session holds; empty if they are not let in
    Optional<String> signIn(String challenge, String browser, Assertion assertion, String address) {
        return shows(challenge, browser, assertion, address).map(shown -> {
            var entry = new Entry(
                    shown.operator().epoch(), Optional.of(shown.passkey().id()));
            return door.enter(shown.operator().name(), entry, shown.how(), address);
        });
    }

    /// Who somebody is, by a passkey.
    ///
    /// @param operator as they were when it was checked
    record Shown(Operator operator, Passkey passkey) {
        /// For the audit.
        String how() {
            return "with the passkey “" + passkey.name() + "”";
        }
    }

    /// @param challenge as it was given to this browser
    /// @return empty if they are nobody
    Optional<Shown> shows(String challenge, String browser, Assertion assertion, String address) {
        Optional<String> word = word(challenge);
        if (verifier.isEmpty() || word.flatMap(w -> signIns.take(w, browser)).isEmpty()) {
            // This took no turn: anybody sends it as often as they want.
            LOG.debug("refused a passkey from {}: nobody asked for it", address);
            return Optional.empty();
        }
        Optional<Operator> owner = owner(assertion);
        if (owner.isEmpty()) {
            LOG.warn("refused a passkey from {}: it is nobody's", address);
            return Optional.empty();
        }
        String name = owner.get().name();
        Passkey passkey = owner.get().passkey(assertion.id()).orElseThrow();
        try {
            long counted = verifier.get().check(assertion, HexFormat.of().parseHex(word.orElseThrow()), passkey);
            return counts(name, passkey, counted) ? Optional.of(new Shown(owner.get(), passkey)) : Optional.empty();
        } catch (Refused e) {
            LOG.warn("refused a passkey from {}: {}", address, e.getMessage());
            if (e.copied()) {
                // Signed by the right key: its owner has to know that there may be two of it.
                door.note(name, "refused a passkey that may have been copied", passkey.name() + ", from " + address);
            }
            return Optional.empty();
        }
    }

    /// Of two that signed at once with one count, one comes in.
    private boolean counts(String name, Passkey passkey, long counted) {
        Instant now = clock.instant();
        return operators.change(
                name,
                op -> op.passkey(passkey.id())
                        .filter(kept -> kept.counter() == passkey.counter())
                        .map(kept -> op.with(op.passkeys().stream()
                                .map(one -> one.id().equals(kept.id()) ? kept.used(counted, now) : one)
                                .toList())));
    }

    /// Whose passkey it is, as who made it was named then.
    private Optional<Operator> owner(Assertion assertion) {
        return operators.all().stream()
                .filter(op -> op.passkey(assertion.id()).isPresent())
                .filter(op -> Sessions.same(user(op.name()), assertion.user()))
                .findFirst();
    }

    /// @param session what the cookie of the session holds
    /// @return empty if there are none
    Optional<Wanted> wanted(String name, String session) {
        Optional<Operator> operator = operators.find(name);
        if (operator.isEmpty() || verifier.isEmpty()) {
            return Optional.empty();
        }
        String word = registrations.word();
        registrations.put(word, session, name);
        return Optional.of(new Wanted(
                challenge(word),
                verifier.get().party(),
                user(name),
                name,
                PasskeyVerifier.ALGORITHMS,
                operator.get().passkeys().stream().map(Passkey::id).toList()));
    }

    /// @param id what the cookie of the session holds that asked
    /// @param called what its owner calls it
    Outcome register(Session session, String id, String challenge, String called, Creation creation) {
        String name = session.who();
        if (called.isBlank() || called.length() > LONGEST_NAME || called.chars().anyMatch(Character::isISOControl)) {
            return Outcome.UNFIT;
        }
        Optional<String> word = word(challenge);
        boolean asked = word.flatMap(w -> registrations.take(w, id))
                .filter(name::equals)
                .isPresent();
        if (!asked || verifier.isEmpty()) {
            return Outcome.REFUSED;
        }
        Fresh fresh;
        try {
            fresh = verifier.get().register(creation, HexFormat.of().parseHex(word.get()));
        } catch (Refused e) {
            LOG.warn("refused to register a passkey of {}: {}", name, e.getMessage());
            return Outcome.REFUSED;
        }
        var passkey = new Passkey(
                fresh.id(),
                called,
                fresh.credential(),
                fresh.counter(),
                fresh.syncable(),
                clock.instant(),
                Optional.empty());
        if (!keeps(session, passkey)) {
            return Outcome.TOO_MANY;
        }
        door.note(name, "registered a passkey", called);
        return Outcome.DONE;
    }

    private boolean keeps(Session session, Passkey fresh) {
        boolean known =
                operators.all().stream().anyMatch(op -> op.passkey(fresh.id()).isPresent());
        return !known
                && operators.change(
                        session.who(),
                        op -> Optional.of(op)
                                .filter(o -> now(session, o))
                                .filter(o -> o.passkeys().size() < MOST
                                        && o.passkey(fresh.id()).isEmpty())
                                .map(o -> o.with(Stream.concat(o.passkeys().stream(), Stream.of(fresh))
                                        .toList())));
    }

    /// What ended a session at the same moment it does not change any more.
    private static boolean now(Session session, Operator operator) {
        return operator.epoch() == session.entry().epoch();
    }

    List<Passkey> of(String name) {
        return operators.find(name).map(Operator::passkeys).orElse(List.of());
    }

    boolean passwordOff(String name) {
        return operators.find(name).filter(Operator::passwordOff).isPresent();
    }

    /// Whether a session shows that its owner comes in with a passkey that is still theirs.
    private static boolean shows(Session session, Operator operator) {
        return session.entry().passkey().flatMap(operator::passkey).isPresent();
    }

    /// Whether this session may switch the password off: that a passkey is kept does not say that it lets anybody in
    /// here, as it may be of another address.
    boolean mayDoWithout(Session session) {
        return available()
                && operators
                        .find(session.who())
                        .filter(op -> shows(session, op))
                        .isPresent();
    }

    /// Removes one. Whoever came in with it is outside again. While the password is off the one stays that let this
    /// session in: nobody knows whether another does.
    ///
    /// @param id what the cookie of who asks holds
    Outcome remove(Session session, String id, String passkey) {
        String name = session.who();
        var removed = new ArrayList<Passkey>();
        operators.change(name, op -> {
            removed.clear();
            op.passkey(passkey)
                    .filter(_ -> now(session, op))
                    .filter(_ -> !op.passwordOff()
                            || (shows(session, op) && !session.entry().passkey().equals(Optional.of(passkey))))
                    .ifPresent(removed::add);
            return removed.isEmpty() ? Optional.empty() : Optional.of(op.without(passkey));
        });
        if (removed.isEmpty()) {
            return of(name).stream().anyMatch(p -> p.id().equals(passkey)) ? Outcome.LAST : Outcome.NOT_THERE;
        }
        door.note(name, "removed a passkey", removed.getFirst().name());
        door.endOthers(name, id, session.entry().epoch() + 1);
        return Outcome.DONE;
    }

    /// Switches the password off, or on again.
    ///
    /// @param id what the cookie of who asks holds
    Outcome password(Session session, String id, boolean off) {
        String name = session.who();
        boolean done = operators.change(
                name,
                op -> now(session, op) && (!off || (available() && shows(session, op)))
                        ? Optional.of(op.switched(off))
                        : Optional.empty());
        if (!done) {
            return Outcome.UNPROVEN;
        }
        door.note(name, off ? "switched the password off" : "switched the password on", "");
        if (off) {
            door.endOthers(name, id, session.entry().epoch() + 1);
        }
        return Outcome.DONE;
    }

    /// Says nothing about its owner to who finds an authenticator.
    private String user(String name) {
        return PasskeyVerifier.text(
                HexFormat.of().parseHex(Sessions.digest(door.home().getHost() + "\n" + name)));
    }

    private static String challenge(String word) {
        return PasskeyVerifier.text(HexFormat.of().parseHex(word));
    }

    private static Optional<String> word(String challenge) {
        try {
            return Optional.of(HexFormat.of().formatHex(PasskeyVerifier.bytes(challenge)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
