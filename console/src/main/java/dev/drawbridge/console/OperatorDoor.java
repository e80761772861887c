package dev.drawbridge.console;

import dev.drawbridge.engine.crypto.PasswordHash;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Operators.Deed;
import dev.drawbridge.model.port.Operators.Operator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the operator in. Whoever guesses gets five attempts from one address and one more a minute, and there are
/// limits for one name and for all ([Knocks]); a wrong name and a
/// wrong password are told apart by nobody, nor by how long the answer takes.
public final class OperatorDoor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.drawbridge.start");
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int SHORTEST = 12;
    private static final int LONGEST = 200;
    private static final int ATTEMPTS = 5;
    private static final Duration EACH = Duration.ofMinutes(1);

    private final Operators operators;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Sessions sessions;
    private final Knocks attempts;
    /// A hash that no password fits, for names that nobody has.
    private final String nobody;
    private volatile Optional<String> invitation;

    public OperatorDoor(Operators operators, SecureRandom random, InstantSource clock) {
        this.operators = operators;
        this.random = random;
        this.clock = clock;
        this.sessions = new Sessions(random, clock);
        this.attempts = new Knocks(ATTEMPTS, EACH, clock);
        this.nobody = PasswordHash.of(Sessions.secret(random), random);
        this.invitation = operators.any() ? Optional.empty() : Optional.of(Sessions.secret(random));
    }

    /// Where the first operator chooses a password, while there is none. Good for one use, in this process.
    public Optional<String> invitation() {
        return invitation.map(token -> "/console/set-up?token=" + token);
    }

    /// What became of an attempt.
    enum Outcome {
        DONE,
        /// The token, or name and password, are not right.
        WRONG,
        /// The name or the password cannot be used.
        UNFIT,
        TOO_OFTEN
    }

    boolean invites(String token) {
        return invitation.filter(real -> Sessions.same(real, token)).isPresent();
    }

    /// Makes the first operator.
    Outcome setUp(String token, String name, String password, String address) {
        if (!attempts.take(address, Optional.empty())) {
            return Outcome.TOO_OFTEN;
        }
        if (!invites(token)) {
            LOG.warn("refused to set up the console for {}", address);
            return Outcome.WRONG;
        }
        if (!NAME.matcher(name).matches() || password.length() < SHORTEST || password.length() > LONGEST) {
            attempts.forgive(address);
            return Outcome.UNFIT;
        }
        boolean first = operators.first(new Operator(name, PasswordHash.of(password, random), clock.instant()));
        invitation = Optional.empty();
        if (!first) {
            return Outcome.WRONG;
        }
        attempts.forgive(address);
        note(name, "set up the console", "from " + address);
        return Outcome.DONE;
    }

    /// @return what the cookie holds; empty if they are not let in
    Optional<String> signIn(String name, String password, String address) {
        if (!attempts.take(address, Optional.of(name))) {
            LOG.warn("too many attempts to sign in from {}", address);
            return Optional.empty();
        }
        Optional<Operator> operator = operators.find(name);
        String kept = operator.map(Operator::password).orElse(nobody);
        boolean fits = password.length() <= LONGEST && PasswordHash.fits(password, kept);
        if (!fits || operator.isEmpty()) {
            LOG.warn("refused to sign in somebody from {}", address);
            return Optional.empty();
        }
        attempts.cameIn(address, Optional.of(name));
        attempts.forgive(address);
        note(name, "signed in", "from " + address);
        return Optional.of(sessions.begin(name, address));
    }

    Optional<Sessions.Session> session(String id) {
        return sessions.of(id);
    }

    void signOut(String id) {
        sessions.of(id).ifPresent(session -> note(session.who(), "signed out", ""));
        sessions.end(id);
    }

    void note(String who, String what, String about) {
        operators.note(new Deed(clock.instant(), who, what, about));
    }
}
