package dev.drawbridge.console;

import jakarta.servlet.http.Cookie;

/// A cookie that no script reads and that no other site has sent along.
final class SafeCookie {
    private SafeCookie() {}

    /// @param age in seconds; -1 until the browser closes, 0 to remove it
    /// @param https whether it is for encrypted connections only
    static Cookie of(String name, String value, int age, boolean https) {
        var cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setMaxAge(age);
        cookie.setHttpOnly(true);
        cookie.setSecure(https);
        cookie.setAttribute("SameSite", "Strict");
        return cookie;
    }
}
