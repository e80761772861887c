package dev.drawbridge.it.peers;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/// The real MongoDB server the tests may use, named by `MONGODB_URI`.
public final class RealStore {
    private RealStore() {}

    /// A database of its own on that server.
    ///
    /// @param purpose part of its name
    public static String database(String purpose) {
        String server = uri();
        int query = server.indexOf('?');
        String address = query < 0 ? server : server.substring(0, query);
        String name = purpose + '_' + UUID.randomUUID().toString().substring(0, 8);
        String slash = address.matches("mongodb(\\+srv)?://[^/]+/.*") ? "" : "/";
        return address.replaceFirst("(mongodb(\\+srv)?://[^/]+/).*", "$1")
                + slash
                + name
                + (query < 0 ? "" : server.substring(query));
    }

    /// The server's URI. Without one the test is skipped, unless this is CI (`CI=true`).
    public static String uri() {
        Optional<String> uri = Optional.ofNullable(System.getenv("MONGODB_URI")).filter(u -> !u.isBlank());
        Assumptions.assumeTrue(uri.isPresent() || "true".equals(System.getenv("CI")), "MONGODB_URI is not set");
        return uri.orElseThrow(() -> new AssertionError("CI without MONGODB_URI: the real store was not tested"));
    }
}
