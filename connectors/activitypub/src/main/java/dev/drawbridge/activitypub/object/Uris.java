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

    /// Scheme, host and port of an address, so that two can be compared: who controls one origin controls every id
    /// on it ([FEP-fe34](https://codeberg.org/fediverse/fep/src/branch/main/fep/fe34/fep-fe34.md)).
    public static Optional<String> origin(String text) {
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
        return tryHttp(text).map(uri -> uri.getRawAuthority().toLowerCase(Locale.ROOT));
    }

    public static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }
}
