package dev.drawbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Stands in front of every page below `/console`: nobody who is not signed in, no form of another site, and of some
/// forms nobody who did not show lately who they are ([AsksAgain]).
final class ConsoleGuard implements HandlerInterceptor {
    static final String SESSION = "drawbridge.session";
    static final String CSRF = "csrf";
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleGuard.class);
    private static final Set<String> OPEN = Set.of(
            "/console/sign-in",
            "/console/sign-in/passkey",
            "/console/sign-in/passkey/challenge",
            "/console/sign-in/oidc",
            ConsoleAccess.OIDC_BACK,
            ConsoleAccess.OIDC_SIGN_OUT,
            "/console/set-up");

    private final OperatorDoor door;
    private final OperatorWay way;
    private final ShowAgain again;

    ConsoleGuard(OperatorDoor door, OperatorWay way, ShowAgain again) {
        this.door = door;
        this.way = way;
        this.again = again;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        response.setHeader("Cache-Control", "no-store");
        boolean changes =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        if (changes && !ownForm(request)) {
            LOG.warn("refused a form of another site for {}", request.getRequestURI());
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
        if (OPEN.contains(request.getRequestURI())) {
            return true;
        }
        Optional<Sessions.Session> session = way.id(request).flatMap(door::session);
        if (session.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/console/sign-in");
            return false;
        }
        String token = Optional.ofNullable(request.getParameter(CSRF)).orElse("");
        if (changes && !Sessions.same(token, session.get().csrf())) {
            LOG.warn("refused a form without its token for {}", request.getRequestURI());
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return false;
        }
        request.setAttribute(SESSION, session.get());
        if (changes && handler instanceof HandlerMethod method && method.hasMethodAnnotation(AsksAgain.class)) {
            again.require(request, session.get());
        }
        return true;
    }

    /// Browsers say where a form comes from ([Fetch Metadata](https://www.w3.org/TR/fetch-metadata/), and `Origin`);
    /// other programs have no cookie that somebody else could use.
    static boolean ownForm(HttpServletRequest request) {
        String site = Optional.ofNullable(request.getHeader("Sec-Fetch-Site")).orElse("same-origin");
        if (!site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        boolean said = request.getHeader("Sec-Fetch-Site") != null;
        return origin.isEmpty()
                || said
                || authority(origin.get()).equals(Optional.ofNullable(request.getHeader("Host")));
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
