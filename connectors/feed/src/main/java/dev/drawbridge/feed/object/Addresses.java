package dev.drawbridge.feed.object;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Addresses in feeds: relative ones count from where they stand (RFC 3986 §5).
public final class Addresses {
    private static final int LONGEST = 2_000;

    private Addresses() {}

    /// An http or https address with a host; empty for anything else.
    public static Optional<URI> http(URI base, String text) {
        String written = text.strip().replace(" ", "%20");
        if (written.isEmpty() || written.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI whole = base.resolve(new URI(written));
            boolean web = "https".equalsIgnoreCase(whole.getScheme()) || "http".equalsIgnoreCase(whole.getScheme());
            return web && whole.getHost() != null && whole.getRawUserInfo() == null
                    ? Optional.of(whole)
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The same for a whole address.
    public static Optional<URI> http(String text) {
        try {
            URI base = new URI(text.strip());
            return base.isAbsolute() ? http(base, text) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
