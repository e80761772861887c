package dev.drawbridge.config.http;

import dev.drawbridge.model.spi.HttpCall;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Turns a servlet request into a value: the address as the client wrote it, the client as the last trusted proxy saw
/// it.
public final class CallReader {
    private final URI baseUrl;
    private final TrustedProxies proxies;

    /// @param baseUrl gives the scheme, as TLS ends in front of the instance, and the host for requests without one
    public CallReader(URI baseUrl, TrustedProxies proxies) {
        this.baseUrl = baseUrl;
        this.proxies = proxies;
    }

    /// The request without path variables and body.
    ///
    /// @throws IllegalArgumentException if its address is not a URI with a host
    HttpCall read(HttpServletRequest request) {
        Map<String, List<String>> headers = headers(request);
        boolean trusted = proxies.trusts(request.getRemoteAddr());
        String scheme = forwarded(headers, "x-forwarded-proto", trusted)
                .filter(s -> s.equals("http") || s.equals("https"))
                .orElse(baseUrl.getScheme());
        String host = forwarded(headers, "x-forwarded-host", trusted)
                .or(() -> Optional.ofNullable(headers.get("host")).map(List::getFirst))
                .filter(h -> !h.isBlank())
                .orElse(baseUrl.getRawAuthority());
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        URI uri = URI.create(scheme + "://" + host + request.getRequestURI() + query);
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("not a host: " + host);
        }
        return new HttpCall(
                request.getMethod(), uri, Map.of(), headers, new byte[0], remote(request, headers, trusted));
    }

    /// Who asks: the client as the last trusted proxy saw it.
    public String remote(HttpServletRequest request) {
        return remote(request, headers(request), proxies.trusts(request.getRemoteAddr()));
    }

    static HttpCall with(HttpCall call, Map<String, String> path) {
        return new HttpCall(call.method(), call.uri(), path, call.headers(), call.body(), call.remote());
    }

    static HttpCall with(HttpCall call, byte[] body) {
        return new HttpCall(call.method(), call.uri(), call.path(), call.headers(), body, call.remote());
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private static Optional<String> forwarded(Map<String, List<String>> headers, String name, boolean trusted) {
        if (!trusted) {
            return Optional.empty();
        }
        return Optional.ofNullable(headers.get(name)).map(values -> {
            String first = values.getFirst();
            int comma = first.indexOf(',');
            return (comma < 0 ? first : first.substring(0, comma)).strip();
        });
    }

    /// The nearest address that is not a proxy of ours: everything left of it could be invented by the client.
    private String remote(HttpServletRequest request, Map<String, List<String>> headers, boolean trusted) {
        String remote = request.getRemoteAddr();
        if (!trusted) {
            return remote;
        }
        String chain = String.join(",", headers.getOrDefault("x-forwarded-for", List.of()));
        for (String hop : List.of(chain.split(",")).reversed()) {
            String address = hop.strip();
            if (address.isEmpty()) {
                break;
            }
            remote = address;
            if (!proxies.trusts(address)) {
                break;
            }
        }
        return remote;
    }
}
