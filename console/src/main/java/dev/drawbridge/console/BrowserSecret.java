package dev.drawbridge.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.util.WebUtils;

/// What tells the browser in which a sign-in was begun from every other: a cookie for ten minutes. Sent along also when
/// another site leads back here, which a cookie of a session is not.
final class BrowserSecret {
    private static final Duration SIGNING_IN = Duration.ofMinutes(10);
    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

    private final String name;
    private final boolean https;
    private final SecureRandom random;

    /// @param name of the cookie
    /// @param https whether it is for encrypted connections, and this very host, only
    BrowserSecret(String name, boolean https, SecureRandom random) {
        this.name = https ? "__Host-" + name : name;
        this.https = https;
        this.random = random;
    }

    /// The one of a browser that signs in, made if it has none; from now on it lasts as long as what begins now.
    String of(HttpServletRequest request, HttpServletResponse response) {
        String secret = known(request).orElseGet(() -> Sessions.secret(random));
        Cookie cookie = SafeCookie.of(name, secret, (int) SIGNING_IN.toSeconds(), https);
        cookie.setAttribute("SameSite", "Lax");
        response.addCookie(cookie);
        return secret;
    }

    /// The one of a browser that began to sign in.
    Optional<String> known(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, name))
                .map(Cookie::getValue)
                .filter(secret -> SECRET.matcher(secret).matches());
    }
}
