package dev.drawbridge.engine.net;

import java.time.Duration;

/// How the bridge goes out.
///
/// @param loopback whether http, ws and private addresses are allowed, for tests
/// @param userAgent sent unless a request names another
/// @param connectionsPerHost at most so many at once to one host and port
/// @param connections at most so many at once in all
/// @param connectTimeout for one connection to stand
public record NetSettings(
        boolean loopback, String userAgent, int connectionsPerHost, int connections, Duration connectTimeout) {
    /// What suits an instance of ordinary size.
    public static NetSettings of(boolean loopback, String userAgent) {
        return new NetSettings(loopback, userAgent, 8, 512, Duration.ofSeconds(5));
    }
}
