package dev.drawbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerInterceptor;

/// Stands in front of every page below `/console`: nobody who is not signed in, and no form of another site.
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
            "/console/set-up");

    private final OperatorDoor door;
    private final OperatorWay way;

    ConsoleGuard(OperatorDoor door, OperatorWay way) {
        this.door = door;
        this.way = way;
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
