package dev.drawbridge.console;

import dev.drawbridge.console.Invitations.Invitation;
import dev.drawbridge.console.Sessions.Entry;
import dev.drawbridge.console.Sessions.Session;
import dev.drawbridge.console.oidc.OpenIdProvider;
import dev.drawbridge.engine.crypto.PasswordHash;
import dev.drawbridge.model.port.Operators;
import dev.drawbridge.model.port.Operators.Deed;
import dev.drawbridge.model.port.Operators.Operator;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the operator in. Whoever guesses gets five attempts from one address and one more a minute, and there are
/// limits for one name and for all ([Knocks]); a wrong name, a
/// wrong password and one that is switched off are told apart by nobody, nor by how long the answer takes.
public final class OperatorDoor {
    private static final Logger LOG = LoggerFactory.getLogger("dev.drawbridge.start");
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
    /// Who is named by a provider has this before their name: none with a password is called so.
    private static final String BY_PROVIDER = "oidc:";
    /// What is before the names that a provider gives people and sessions, where it is kept that they are over.
    private static final String SUBJECT = "oidc subject ";

    private static final String SESSION = "oidc session ";
    /// The same for those of somebody of whom the provider did not say what it calls the session there.
    private static final String UNNAMED = "oidc nameless session of ";

    /// How far the clocks of the processes of one instance may be apart.
    private static final Duration APART = Duration.ofMinutes(1);
    private static final String SET_UP = "/console/set-up?token=";
    private static final int SHORTEST = 12;
    private static final int LONGEST = 200;
    private static final int ATTEMPTS = 5;
    private static final Duration EACH = Duration.ofMinutes(1);
    /// How long a proof is good for what gives a new way in, or cannot be taken back.
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final Operators operators;
    private final URI home;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Sessions sessions;
    private final Knocks attempts;
    private final Invitations invitations;
    /// A hash that no password fits, for names that nobody has.
    private final String nobody;
    private volatile Optional<String> first;

    /// @param home the public address of this instance
    public OperatorDoor(Operators operators, URI home, SecureRandom random, InstantSource clock) {
        this.operators = operators;
        this.home = home;
        this.random = random;
        this.clock = clock;
        this.sessions = new Sessions(random, clock);
        this.attempts = new Knocks(ATTEMPTS, EACH, clock);
        this.invitations = new Invitations(random, clock);
        this.nobody = PasswordHash.of(Sessions.secret(random), random);
        this.first = operators.any() ? Optional.empty() : Optional.of(Sessions.secret(random));
    }

    /// Where the first operator chooses a password, while there is none. Good for one use, in this process.
    public Optional<URI> invitation() {
        return first.map(token -> home.resolve(SET_UP + token));
    }

    /// Where somebody who lost everything chooses a password anew: good for one use, for an hour, in this process.
    /// Until then everything stays as it is.
    ///
    /// @param by who gives it to them
    /// @return empty if nobody is called so
    public Optional<URI> invite(String name, String by) {
        if (operators.find(name).isEmpty()) {
            return Optional.empty();
        }
        note(by, "made a link to choose a password anew", name);
        return Optional.of(link(new Invitation(name, false, operators.removals())));
    }

    /// Where somebody becomes an operator: good as the other.
    ///
    /// @param by who gives it to them
    /// @return empty if somebody is called so, or nobody can be
    public Optional<URI> welcome(String name, String by) {
        if (!NAME.matcher(name).matches()
                || !operators.any()
                || operators.find(name).isPresent()) {
            return Optional.empty();
        }
        note(by, "made a link to become an operator", name);
        return Optional.of(link(new Invitation(name, true, operators.removals())));
    }

    private URI link(Invitation invitation) {
        return home.resolve(SET_UP + invitations.of(invitation));
    }

    /// What became of somebody who was to be taken out.
    public enum Removal {
        /// They do not come in any more.
        REMOVED,
        /// Their sessions ended, in every process. A provider brought them, and may bring them again.
        SIGNED_OUT,
        /// No provider brought anybody of this name within twelve hours.
        NOT_BROUGHT,
        /// Nobody is called so, or they are the last.
        NOBODY
    }

    /// Takes somebody out, and ends what they are signed in with.
    ///
    /// @param by who wants it so
    public Removal remove(String name, String by) {
        if (name.startsWith(BY_PROVIDER)) {
            Instant until = clock.instant().plus(APART);
            if (!operators.end(name, until, until.plus(Sessions.LONGEST))) {
                return Removal.NOT_BROUGHT;
            }
            sessions.endOf(name, Optional.empty());
            note(by, "ended the sessions of", name);
            return Removal.SIGNED_OUT;
        }
        if (!operators.remove(name)) {
            return Removal.NOBODY;
        }
        note(by, "removed an operator", name);
        sessions.endOf(name, Optional.empty());
        return Removal.REMOVED;
    }

    /// Whether somebody is an operator of this instance; else a provider says who they are, and they make nobody one.
    boolean knows(String name) {
        return operators.find(name).isPresent();
    }

    /// Who may come in.
    public List<Operator> operators() {
        return operators.all();
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

    boolean invitesFirst(String token) {
        return first.filter(real -> Sessions.same(real, token)).isPresent();
    }

    /// Whom a link is for that is not for the first. None is good any more that was made before somebody was
    /// taken out: it may be theirs.
    Optional<Invitation> invitation(String token) {
        return invitations.find(token).filter(link -> link.removals() == operators.removals());
    }

    /// Makes the first operator, or another, or gives one a new password: then what they came in with before does not
    /// let anybody in any more.
    ///
    /// @param name as the first operator chooses it; of no account for others
    Outcome setUp(String token, String name, String password, String address) {
        if (!attempts.take(address, Optional.empty())) {
            return Outcome.TOO_OFTEN;
        }
        Optional<Invitation> invitation = invitation(token);
        if (invitation.isEmpty() && !invitesFirst(token)) {
            LOG.warn("refused to set up the console for {}", address);
            return Outcome.WRONG;
        }
        String who = invitation.map(Invitation::name).orElse(name);
        if (!NAME.matcher(who).matches() || password.length() < SHORTEST || password.length() > LONGEST) {
            attempts.forgive(address);
            return Outcome.UNFIT;
        }
        String kept = PasswordHash.of(password, random);
        boolean done =
                invitation.isEmpty() ? first(who, kept, address) : invited(invitation.get(), token, kept, address);
        if (done) {
            attempts.forgive(address);
        }
        return done ? Outcome.DONE : Outcome.WRONG;
    }

    private boolean first(String name, String password, String address) {
        boolean made = operators.first(new Operator(name, password, clock.instant()));
        first = Optional.empty();
        if (made) {
            note(name, "set up the console", "from " + address);
        }
        return made;
    }

    /// Whoever was removed meanwhile does not come back by an older link.
    private boolean invited(Invitation invitation, String token, String password, String address) {
        if (!invitations.take(invitation, token)) {
            return false;
        }
        String name = invitation.name();
        if (invitation.fresh()) {
            boolean added = operators.add(new Operator(name, password, clock.instant()), invitation.removals());
            if (added) {
                note(name, "became an operator", "from " + address);
            }
            return added;
        }
        boolean changed = operators.change(
                name, op -> Optional.of(op.anew(password)).filter(_ -> invitation.removals() == operators.removals()));
        if (changed) {
            sessions.endOf(name, Optional.empty());
            note(name, "chose a password anew, and has no passkeys any more", "from " + address);
        }
        return changed;
    }

    /// @return what the cookie holds; empty if they are not let in
    Optional<String> signIn(String name, String password, String address) {
        // Whoever chose another password meanwhile is in another epoch.
        return fits(name, password, address)
                .map(operator ->
                        enter(name, new Entry(operator.epoch(), Optional.empty()), "with a password", address));
    }

    /// Takes a turn.
    ///
    /// @return the operator of this name, if that is their password and it is not switched off
    Optional<Operator> fits(String name, String password, String address) {
        if (!mayTry(address, Optional.of(name))) {
            return Optional.empty();
        }
        Optional<Operator> operator = operators.find(name);
        String kept = operator.map(Operator::password).orElse(nobody);
        boolean fits = password.length() <= LONGEST && PasswordHash.fits(password, kept);
        if (!fits || operator.isEmpty() || operator.get().passwordOff()) {
            LOG.warn("refused to sign in somebody from {}", address);
            return Optional.empty();
        }
        return operator;
    }

    /// Whether somebody showed who they are within the last five minutes.
    boolean lately(Session session) {
        return !clock.instant().isAfter(session.shown().plus(LATELY));
    }

    /// Somebody who is signed in showed once more who they are.
    ///
    /// @param id what the cookie of the session holds
    /// @param how `with a password`, for the audit
    void shown(Session session, String id, String how, String address) {
        attempts.forgive(address);
        sessions.shown(id);
        note(session.who(), "showed again who they are", how + ", from " + address);
    }

    /// Takes a turn to sign in.
    ///
    /// @param name who they say they are, if they do
    boolean mayTry(String address, Optional<String> name) {
        boolean may = attempts.take(address, name);
        if (!may) {
            LOG.warn("too many attempts to sign in from {}", address);
        }
        return may;
    }

    /// Lets somebody in who showed who they are.
    ///
    /// @param entry as the operator was when it was checked
    /// @param how `with a password`, for the audit
    /// @return what the cookie holds
    String enter(String name, Entry entry, String how, String address) {
        return enter(name, entry, how, address, clock.instant());
    }

    private String enter(String name, Entry entry, String how, String address, Instant shown) {
        attempts.cameIn(address, Optional.of(name));
        // Passkeys and providers say only afterwards who it is.
        attempts.cameIn(address, Optional.empty());
        attempts.forgive(address);
        note(name, "signed in", how + ", from " + address);
        return sessions.begin(name, address, entry, shown);
    }

    /// Lets somebody in whom the provider named.
    ///
    /// @param entered as the provider has them: who was known there already may have shown nothing now
    /// @return what the cookie holds
    String enterBy(String provider, OpenIdProvider.Entered entered, String address) {
        Instant now = clock.instant();
        Instant shown = entered.shown().map(at -> at.isAfter(now) ? now : at).orElse(Instant.EPOCH);
        String name = BY_PROVIDER + entered.name();
        operators.came(name, now, now.plus(Sessions.LONGEST));
        var entry = new Entry(0, Optional.empty(), Optional.of(entered));
        return enter(name, entry, "by way of " + provider, address, shown);
    }

    /// Ends what a provider says is over, in every process: one session there and what began with it, or all of
    /// somebody's that began until then. That it was said is noted last: what stopped half way is done when it is
    /// said again.
    ///
    /// @return false if that was said before
    boolean signOutBy(String provider, OpenIdProvider.SignOut out) {
        String word = Sessions.digest(out.word());
        if (operators.said(word)) {
            return false;
        }
        Instant forget = clock.instant().plus(Sessions.LONGEST);
        out.session().ifPresent(session -> operators.end(SESSION + session, out.at(), forget));
        // Of which session there one began that has no name nobody knows: it ends with any of theirs.
        String whose = out.session().isPresent() ? UNNAMED : SUBJECT;
        out.subject().ifPresent(subject -> operators.end(whose + subject, out.at(), forget));
        String who = out.subject().map(s -> "of " + s).orElse("")
                + out.session().map(s -> " (" + s + ")").orElse("");
        note(provider, "ended the sessions that it let begin", who.strip());
        return operators.once(word, forget);
    }

    /// The session of a cookie, as long as it lasts and what let it in still does: also if another process of this
    /// instance, or somebody at the same moment, changed that.
    Optional<Session> session(String id) {
        Optional<Session> session = sessions.of(id);
        boolean stands = session.filter(this::stands).isPresent();
        if (!stands && session.flatMap(one -> one.entry().provider()).isPresent()) {
            // The store forgets that it is over. That of an operator may go on in another epoch (#endOthers).
            sessions.end(id);
        }
        return session.filter(_ -> stands);
    }

    private boolean stands(Session session) {
        return session.entry()
                .provider()
                .map(entered -> stands(session, entered))
                .orElseGet(() -> operators
                        .find(session.who())
                        .filter(op -> op.epoch() == session.entry().epoch())
                        .isPresent());
    }

    /// Times of the provider are compared with its own, and ours with ours.
    private boolean stands(Session session, OpenIdProvider.Entered entered) {
        var began =
                new HashMap<>(Map.of(session.who(), session.began(), SUBJECT + entered.subject(), entered.issued()));
        String there = entered.session().map(SESSION::concat).orElse(UNNAMED + entered.subject());
        began.put(there, entered.issued());
        Map<String, Instant> ended = operators.ended(began.keySet());
        return began.entrySet().stream()
                .allMatch(of -> of.getValue().isAfter(ended.getOrDefault(of.getKey(), Instant.MIN)));
    }

    void signOut(String id) {
        session(id).ifPresent(session -> note(session.who(), "signed out", ""));
        sessions.end(id);
    }

    /// Ends every other session of somebody: what let them in does not any more.
    ///
    /// @param id what the cookie of the one that stays holds
    /// @param epoch what is theirs now
    void endOthers(String who, String id, long epoch) {
        sessions.renew(id, epoch);
        sessions.endOf(who, Optional.of(id));
    }

    void note(String who, String what, String about) {
        operators.note(new Deed(clock.instant(), who, what, about));
    }

    URI home() {
        return home;
    }
}
