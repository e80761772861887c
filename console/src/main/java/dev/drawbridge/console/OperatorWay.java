package dev.drawbridge.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/// How the browser of an operator is known: where it asks from, and its cookies. The same for every way in.
final class OperatorWay {
    private final ConsoleAccess access;
    private final Callers callers;
    private final BrowserSecret browsers;

    OperatorWay(ConsoleAccess access, Callers callers, SecureRandom random) {
        this.access = access;
        this.callers = callers;
        this.browsers = new BrowserSecret("drawbridge-console-sign-in", access.https(), random);
    }

    BrowserSecret browsers() {
        return browsers;
    }

    String address(HttpServletRequest request) {
        return callers.address(request);
    }

    /// Whether a session is of an operator of this instance; else a provider says who they are.
    boolean knows(Sessions.Session session) {
        return access.door().knows(session.who());
    }

    /// What the cookie of the session holds.
    Optional<String> id(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, access.cookie())).map(Cookie::getValue);
    }

    /// From now on this browser has another session, and the one it had is over.
    void begin(String session, HttpServletRequest request, HttpServletResponse response) {
        id(request).ifPresent(access.door()::signOut);
        cookie(response, session, -1);
    }

    void end(HttpServletRequest request, HttpServletResponse response) {
        id(request).ifPresent(access.door()::signOut);
        cookie(response, "", 0);
    }

    private void cookie(HttpServletResponse response, String value, int age) {
        response.addCookie(SafeCookie.of(access.cookie(), value, age, access.https()));
    }
}
