package dev.drawbridge.it.peers;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// The real MongoDB server the tests may use, named by `MONGODB_URI`.
public final class RealStore {
    private RealStore() {}

    /// The server's URI. Without one the test is skipped, unless this is CI (`CI=true`).
    public static String uri() {
        Optional<String> uri = Optional.ofNullable(System.getenv("MONGODB_URI")).filter(u -> !u.isBlank());
        Assumptions.assumeTrue(uri.isPresent() || "true".equals(System.getenv("CI")), "MONGODB_URI is not set");
        return uri.orElseThrow(() -> new AssertionError("CI without MONGODB_URI: the real store was not tested"));
    }
}
