package dev.drawbridge.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;

/// Pages run nothing but our own scripts, take nothing from elsewhere and can be framed by nobody.
public final class PageHeaders implements HandlerInterceptor {
    /// By name. A form may say where it comes from, to this site only.
    ///
    /// See [Content Security Policy](https://www.w3.org/TR/CSP3/).
    public static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Referrer-Policy",
            "same-origin",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        ALL.forEach(response::setHeader);
        return true;
    }
}
