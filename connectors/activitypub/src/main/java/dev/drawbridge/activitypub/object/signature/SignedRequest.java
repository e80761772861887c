package dev.drawbridge.activitypub.object.signature;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a signature is made over.
///
/// @param method in upper case
/// @param uri whole, with raw path and query
/// @param headers names in lower case
/// @param body empty for none
public record SignedRequest(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
    /// A header's value, several lines joined as RFC 9110 §5.3 says.
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .filter(lines -> !lines.isEmpty())
                .map(lines ->
                        String.join(", ", lines.stream().map(String::strip).toList()));
    }

    boolean hasBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    String path() {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /// Host, with the port unless it is the scheme's own, in lower case.
    String authority() {
        String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("").toLowerCase(Locale.ROOT);
        String usual = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
        return authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
    }

    /// Path and query.
    String target() {
        return uri.getRawQuery() == null ? path() : path() + "?" + uri.getRawQuery();
    }
}
