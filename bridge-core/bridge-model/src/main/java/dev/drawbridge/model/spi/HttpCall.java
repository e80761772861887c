package dev.drawbridge.model.spi;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request to an endpoint of ours, as a value.
///
/// @param uri as the client addressed it: public scheme and host (after trusted proxies), raw path and query
/// @param path variables of the endpoint's pattern, percent-decoded
/// @param headers names in lower case
/// @param body whole and within the endpoint's limit
/// @param remote the client's address
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> path,
        Map<String, List<String>> headers,
        byte[] body,
        String remote) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(v -> !v.isEmpty()).map(List::getFirst);
    }

    /// The host the client asked for, without port, in lower case.
    public String host() {
        return uri.getHost().toLowerCase(java.util.Locale.ROOT);
    }

    /// The first value of a query parameter, percent-decoded.
    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    /// Every value of a query parameter, percent-decoded, in order.
    public List<String> queryAll(String name) {
        String raw = uri.getRawQuery();
        if (raw == null) {
            return List.of();
        }
        return java.util.Arrays.stream(raw.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decode(pair[0]).equals(name))
                .map(pair -> pair.length == 2 ? decode(pair[1]) : "")
                .toList();
    }

    private static String decode(String text) {
        try {
            return java.net.URLDecoder.decode(text, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
