package dev.drawbridge.console;

import jakarta.servlet.http.HttpServletRequest;

/// Who asks, as an address: behind proxies that are trusted, the one they name.
@FunctionalInterface
public interface Callers {
    String address(HttpServletRequest request);
}
