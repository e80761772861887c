package dev.drawbridge.model.page;

import java.util.Map;

/// What every page of the house keeps to: it runs nothing but our own scripts, or none, takes nothing from elsewhere,
/// can be framed by nobody, and looks like the others.
public final class PagePolicy {
    /// Where the look of every page is, on each host.
    public static final String STYLESHEET = "/assets/drawbridge.css";

    /// Where the sign of every page is, on each host.
    public static final String ICON = "/assets/icon.svg";

    /// Headers, by name. A form may say where it comes from, to this site only.
    ///
    /// See [Content Security Policy](https://www.w3.org/TR/CSP3/).
    public static final Map<String, String> HEADERS = headers("default-src 'none'; script-src 'self';"
            + " style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'");

    /// Those of a page that has neither scripts nor forms, as one has that shows what strangers wrote as HTML: nothing
    /// runs there, not even what is ours, and nothing is sent from it.
    public static final Map<String, String> STILL_HEADERS = headers("default-src 'none'; style-src 'self';"
            + " img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");

    private PagePolicy() {}

    private static Map<String, String> headers(String contentSecurityPolicy) {
        return Map.of(
                "Content-Security-Policy",
                contentSecurityPolicy,
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Referrer-Policy",
                "same-origin",
                "X-Content-Type-Options",
                "nosniff",
                "X-Frame-Options",
                "DENY");
    }
}
