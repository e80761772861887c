package dev.drawbridge.nostr.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// The address of a relay, written in one way: scheme and host in lower case, no default port, no slash at the end
/// of a longer path, no fragment.
///
/// @param value `wss://relay.example/`
public record RelayUrl(String value) implements Comparable<RelayUrl> {
    private static final int LONGEST = 256;

    public RelayUrl {
        if (!normal(value).equals(Optional.of(value))) {
            throw new IllegalArgumentException("not the normal form of a relay's address: " + value);
        }
    }

    /// Reads what somebody else wrote.
    public static Optional<RelayUrl> tryParse(String text) {
        return normal(text.strip()).map(RelayUrl::new);
    }

    /// The relay that is served beside web pages.
    ///
    /// @param base `https://host` or, in tests, `http://host:port`
    /// @throws IllegalArgumentException if it is no such address
    public static RelayUrl besideWeb(URI base) {
        String text = base.toString().replaceFirst("^http", "ws");
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("no place for a relay: " + base));
    }

    /// Whether the connection is encrypted.
    public boolean secure() {
        return value.startsWith("wss:");
    }

    public URI uri() {
        return URI.create(value);
    }

    private static Optional<String> normal(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean webSocket = scheme.equals("ws") || scheme.equals("wss");
        if (!webSocket || uri.getHost() == null || uri.getHost().isEmpty() || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port(uri, scheme) + path(uri)
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }

    private static String port(URI uri, String scheme) {
        int usual = scheme.equals("wss") ? 443 : 80;
        return uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(0, end);
    }

    @Override
    public int compareTo(RelayUrl other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
