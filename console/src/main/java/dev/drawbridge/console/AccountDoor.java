package dev.drawbridge.console;

import dev.drawbridge.model.NativeId;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.WebUtils;

/// Who is signed in on the account pages, in whichever way they showed who they are, and how often somebody may try.
final class AccountDoor {
    private static final Logger LOG = LoggerFactory.getLogger(AccountDoor.class);
    private static final int ATTEMPTS = 10;
    private static final Duration EACH = Duration.ofSeconds(30);

    private final URI home;
    private final Callers callers;
    private final Predicate<NativeId> members;
    private final Sessions sessions;
    private final Knocks knocks;
    private final BrowserSecret browsers;
    private final InstantSource clock;

    /// @param home the public address of this instance
    /// @param members whether somebody has anything to do with this instance
    AccountDoor(URI home, Callers callers, Predicate<NativeId> members, SecureRandom random, InstantSource clock) {
        this.home = home;
        this.callers = callers;
        this.members = members;
        this.clock = clock;
        this.browsers = new BrowserSecret("drawbridge-sign-in", https(), random);
        this.sessions = new Sessions(random, clock);
        this.knocks = new Knocks(ATTEMPTS, EACH, clock);
    }

    URI home() {
        return home;
    }

    String address(HttpServletRequest request) {
        return callers.address(request);
    }

    /// The time of this instance, in seconds since 1970.
    long time() {
        return clock.instant().getEpochSecond();
    }

    /// Whether somebody who showed who they are may come in: keys and accounts cost nothing, and whoever has nothing
    /// here has nothing to see.
    boolean isMember(NativeId person) {
        return members.test(person);
    }

    /// Takes a turn to sign in.
    ///
    /// @throws ResponseStatusException 403 if another site sent it
    boolean mayTry(HttpServletRequest request) {
        if (!ConsoleGuard.ownForm(request)) {
            throw refused(request);
        }
        boolean may = knocks.take(address(request), Optional.empty());
        if (!may) {
            LOG.warn("too many attempts to sign in from {}", address(request));
        }
        return may;
    }

    /// Lets somebody in. What this browser was signed in as before ends.
    void enter(NativeId person, HttpServletRequest request, HttpServletResponse response) {
        knocks.cameIn(address(request), Optional.empty());
        id(request).ifPresent(sessions::end);
        response.addCookie(SafeCookie.of(
                cookieName(), sessions.begin(person.key(), address(request), Sessions.Entry.ELSEWHERE), -1, https()));
    }

    void leave(HttpServletRequest request, HttpServletResponse response) {
        id(request).ifPresent(sessions::end);
        response.addCookie(SafeCookie.of(cookieName(), "", 0, https()));
    }

    Optional<Sessions.Session> session(HttpServletRequest request) {
        return id(request).flatMap(sessions::of);
    }

    /// Whose form this is: of this site, with the token of the session.
    ///
    /// @throws ResponseStatusException 403 if it is nobody's
    NativeId person(HttpServletRequest request) {
        String token =
                Optional.ofNullable(request.getParameter(ConsoleGuard.CSRF)).orElse("");
        return Optional.of(request)
                .filter(ConsoleGuard::ownForm)
                .flatMap(this::session)
                .filter(session -> Sessions.same(token, session.csrf()))
                .map(session -> NativeId.parse(session.who()))
                .orElseThrow(() -> refused(request));
    }

    /// The secret of a browser that signs in.
    String browser(HttpServletRequest request, HttpServletResponse response) {
        return browsers.of(request, response);
    }

    /// The secret of a browser that began to sign in.
    Optional<String> known(HttpServletRequest request) {
        return browsers.known(request);
    }

    static ResponseStatusException refused(HttpServletRequest request) {
        LOG.warn("refused a form for {}", request.getRequestURI());
        return new ResponseStatusException(HttpStatus.FORBIDDEN);
    }

    private boolean https() {
        return "https".equals(home.getScheme());
    }

    private Optional<String> id(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, cookieName())).map(Cookie::getValue);
    }

    private String cookieName() {
        return https() ? "__Host-drawbridge-account" : "drawbridge-account";
    }
}
