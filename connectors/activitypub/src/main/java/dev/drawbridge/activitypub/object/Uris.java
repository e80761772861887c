package dev.drawbridge.activitypub.object;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Addresses that others wrote.
public final class Uris {
    private static final int MAX_LENGTH = 2048;
    /// RFC 1035 §2.3.4.
    private static final int MAX_HOST = 253;

    private static final String HTTPS = "https://";

    private Uris() {}

    /// An absolute http or https address with a host and without credentials; empty for anything else.
    public static Optional<URI> tryHttp(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean whole = http && uri.getHost() != null && uri.getRawUserInfo() == null;
            return whole && uri.getHost().length() <= MAX_HOST ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /// Whether [#tryHttp] finds one. Most addresses are plain, and seen to be right without taking them apart.
    public static boolean isHttp(String text) {
        return plainHost(text) > 0 || tryHttp(text).isPresent();
    }

    /// Where the host ends in an `https` address that is made of nothing but a host in lower case without a port, and
    /// a path and a query of letters, digits and what needs no escaping. Every other text may be right too.
    ///
    /// @return 0 if it is another text
    private static int plainHost(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith(HTTPS)) {
            return 0;
        }
        int end = HTTPS.length();
        while (end < text.length() && isHostLetter(text.charAt(end))) {
            end++;
        }
        int length = end - HTTPS.length();
        // Dashes and dots side by side or outside, and last labels with a number in front, are for the parser to judge.
        boolean plain = length > 0
                && length <= MAX_HOST
                && isLowerCase(text.charAt(HTTPS.length()))
                && isLowerCase(text.charAt(end - 1))
                && isLowerCase(text.charAt(text.lastIndexOf('.', end - 1) + 1))
                && text.indexOf("..", HTTPS.length()) < 0
                && text.indexOf("-.", HTTPS.length()) < 0
                && text.indexOf(".-", HTTPS.length()) < 0
                && (end == text.length() || text.charAt(end) == '/');
        for (int i = end; plain && i < text.length(); i++) {
            plain = isHostLetter(text.charAt(i)) || "/ABCDEFGHIJKLMNOPQRSTUVWXYZ_~@?=&:".indexOf(text.charAt(i)) >= 0;
        }
        return plain ? end : 0;
    }

    private static boolean isHostLetter(char c) {
        return isLowerCase(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }

    private static boolean isLowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    /// Scheme, host and port of an address, so that two can be compared: who controls one origin controls every id
    /// on it ([FEP-fe34](https://codeberg.org/fediverse/fep/src/branch/main/fep/fe34/fep-fe34.md)).
    public static Optional<String> origin(String text) {
        int host = plainHost(text);
        if (host > 0) {
            return Optional.of(text.substring(0, host) + ":443");
        }
        return tryHttp(text).map(uri -> {
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
        });
    }

    /// Whether both are http addresses of one origin.
    public static boolean sameOrigin(String one, String other) {
        var origin = origin(one);
        return origin.isPresent() && origin.equals(origin(other));
    }

    /// The host, with the port if it is not the scheme's own: what follows the `@` in a handle.
    public static Optional<String> authority(String text) {
        int host = plainHost(text);
        if (host > 0) {
            return Optional.of(text.substring(HTTPS.length(), host));
        }
        return tryHttp(text).map(uri -> uri.getRawAuthority().toLowerCase(Locale.ROOT));
    }

    /// The host alone, in lower case.
    public static Optional<String> host(String text) {
        int host = plainHost(text);
        if (host > 0) {
            return Optional.of(text.substring(HTTPS.length(), host));
        }
        return tryHttp(text).map(uri -> uri.getHost().toLowerCase(Locale.ROOT));
    }

    public static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }
}
